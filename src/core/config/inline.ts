/** Data that stand in the configuration itself, with their names: what they are wherever it is read. */

export interface InlineData {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  /** Of the inputs; default: x, or x1, x2, … */
  readonly names?: readonly string[];
  /** Name of y; default: y. */
  readonly target?: string;
  /** What the data are, e.g. the name of a file. */
  readonly title?: string;
}

/** The names that count, given or not. */
export function namesOf({ x, names, target = 'y' }: InlineData): { inputs: readonly string[]; target: string } {
  return { inputs: names ?? x[0].map((_, c) => (x[0].length === 1 ? 'x' : `x${c + 1}`)), target };
}

/** One sentence where rows and names do not fit each other, else null. */
export function inlineFault(inline: InlineData): string | null {
  return rowsFault(inline) ?? namesFault(inline);
}

function rowsFault({ x, y }: InlineData): string | null {
  if (y.length === 0) return 'data.inline.y is empty: give at least one sample';
  if (x.length !== y.length)
    return `data.inline: x has ${x.length} rows and y ${y.length} numbers, give as many`;
  const ragged = x.findIndex((row) => row.length !== x[0].length);
  if (ragged >= 0)
    return `data.inline.x[${ragged}] has ${x[ragged].length} numbers, row 0 has ${x[0].length}: give every row as many`;
  return x[0].length === 0 ? 'data.inline.x has empty rows: give at least one input' : null;
}

function namesFault(inline: InlineData): string | null {
  const { inputs, target } = namesOf(inline);
  const k = inline.x[0].length;
  if (inputs.length !== k)
    return `data.inline.names has ${inputs.length} names and a row of x ${k} numbers, give as many`;
  const twice = inputs.find((name, c) => inputs.indexOf(name) < c);
  if (twice !== undefined) return `data.inline.names has "${twice}" twice: give each input its own name`;
  return inputs.includes(target)
    ? `data.inline: "${target}" is the name of an input and of the target: give "target" another`
    : null;
}
