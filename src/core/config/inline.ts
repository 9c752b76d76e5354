/** Data that stand in the configuration itself, with their names: what they are wherever it is read. */
import type { Label } from '../labels.ts';

export interface InlineData {
  readonly x: readonly (readonly number[])[];
  /** Numbers, rows of c numbers, or labels. */
  readonly y: readonly (Label | readonly number[])[];
  /** Of the inputs; default: x, or x1, x2, … */
  readonly names?: readonly string[];
  /** Name of y, or names of its columns; default: y, or y1, y2, … */
  readonly target?: string | readonly string[];
  /** What the data are, e.g. the name of a file. */
  readonly title?: string;
}

const isRow = (value: InlineData['y'][number]): value is readonly number[] => typeof value === 'object';

/** c where y has rows of numbers; 1 where it has numbers or labels. */
const widthOf = ({ y }: InlineData): number => (isRow(y[0]) ? y[0].length : 1);

/** The names that count, given or not: of the inputs, and of the columns of y. */
export function namesOf(inline: InlineData): {
  inputs: readonly string[];
  targets: readonly string[];
} {
  const { x, y, names, target } = inline;
  const several = isRow(y[0]) ? y[0].map((_, k) => `y${k + 1}`) : ['y'];
  return {
    inputs: names ?? x[0].map((_, c) => (x[0].length === 1 ? 'x' : `x${c + 1}`)),
    targets: target === undefined ? several : typeof target === 'string' ? [target] : target,
  };
}

/** One sentence where rows and names do not fit each other, else null. */
export function inlineFault(inline: InlineData): string | null {
  return rowsFault(inline) ?? targetsFault(inline) ?? namesFault(inline);
}

function rowsFault({ x, y }: InlineData): string | null {
  if (y.length === 0) return 'data.inline.y is empty: give at least one sample';
  if (x.length !== y.length)
    return `data.inline: x has ${x.length} rows and y ${y.length} ${isRow(y[0]) ? 'rows' : 'numbers'}, give as many`;
  const ragged = x.findIndex((row) => row.length !== x[0].length);
  if (ragged >= 0)
    return `data.inline.x[${ragged}] has ${x[ragged].length} numbers, row 0 has ${x[0].length}: give every row as many`;
  return x[0].length === 0 ? 'data.inline.x has empty rows: give at least one input' : null;
}

function targetsFault(inline: InlineData): string | null {
  const { y } = inline;
  const c = widthOf(inline);
  if (c === 0) return 'data.inline.y has empty rows: give at least one output';
  const other = y.findIndex((value) => typeof value !== typeof y[0] || (isRow(value) && value.length !== c));
  return other < 0
    ? null
    : `data.inline.y[${other}] is not like y[0]: give numbers, labels, or rows of as many numbers throughout`;
}

function namesFault(inline: InlineData): string | null {
  const { inputs, targets } = namesOf(inline);
  const k = inline.x[0].length;
  const c = widthOf(inline);
  if (inputs.length !== k)
    return `data.inline.names has ${inputs.length} names and a row of x ${k} numbers, give as many`;
  const twice = inputs.find((name, at) => inputs.indexOf(name) < at);
  if (twice !== undefined) return `data.inline.names has "${twice}" twice: give each input its own name`;
  if (targets.length !== c)
    return `data.inline.target has ${targets.length} names and y ${c} columns, give as many`;
  const same = targets.find((name, at) => targets.indexOf(name) < at);
  if (same !== undefined) return `data.inline.target has "${same}" twice: give each output its own name`;
  const shared = targets.find((name) => inputs.includes(name));
  return shared === undefined
    ? null
    : `data.inline: "${shared}" is the name of an input and of the target: give "target" another`;
}
