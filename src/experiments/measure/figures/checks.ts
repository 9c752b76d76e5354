/** Numbers that are checked: as a list beside rates, or as how far each is from what is expected. */
import type { Mark, Spec } from 'vega';
import { deviation, expectation } from '../judge.ts';
import type { Shown } from './figure.ts';
import { COLOURS, short } from './style.ts';

/** Height of a line of the list. */
const ROW = 20;

/** Numbers beside what is expected of them, in lines that may be longer than the width that they count with. */
export function listed(checks: NonNullable<Shown['checks']>, width: number): Mark {
  const values = checks.map((check, i) => ({
    i,
    passed: check.passed,
    text: `${check.passed ? '✓' : '✗'} ${check.name}: ${short(check.value)}, expected ${expectation(check, short)}`,
  }));
  return {
    type: 'group',
    title: { text: 'checks', fontSize: 13, anchor: 'start' },
    encode: { update: { width: { value: width }, height: { value: ROW * values.length } } },
    data: [{ name: 'lines', values }],
    marks: [
      {
        type: 'text',
        from: { data: 'lines' },
        encode: {
          update: {
            y: { signal: `${ROW} * (datum.i + 0.5)` },
            text: { field: 'text' },
            fontSize: { value: 12 },
            fill: { signal: `datum.passed ? 'black' : '${COLOURS.failed}'` },
          },
        },
      },
    ],
  } as Mark;
}

/** Checks: how far each number is from what is expected, in units of its tolerance. */
export function deviations({ checks = [] }: Shown): Spec {
  const values = checks.map((check) => ({
    name: check.name,
    passed: check.passed,
    strain: Math.min(2, check.tolerance > 0 ? deviation(check) / check.tolerance : check.passed ? 0 : 2),
  }));
  return {
    width: 420,
    height: { signal: `${18 * values.length}` },
    data: [{ name: 'checks', values }],
    scales: [
      { name: 'x', type: 'linear', domain: [0, 2], range: 'width' },
      { name: 'y', type: 'band', domain: { data: 'checks', field: 'name' }, range: 'height', padding: 0.3 },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', title: 'deviation over tolerance (2 stands for more)' },
      { orient: 'left', scale: 'y', labelLimit: 0 },
    ],
    marks: [
      {
        type: 'rect',
        from: { data: 'checks' },
        encode: {
          update: {
            x: { scale: 'x', value: 0 },
            x2: { scale: 'x', field: 'strain' },
            y: { scale: 'y', field: 'name' },
            height: { scale: 'y', band: 1 },
            fill: { signal: `datum.passed ? '${COLOURS.plain}' : '${COLOURS.failed}'` },
          },
        },
      },
      {
        type: 'rule',
        encode: {
          update: {
            x: { scale: 'x', value: 1 },
            y: { value: 0 },
            y2: { signal: 'height' },
            stroke: { value: COLOURS.faint },
          },
        },
      },
    ],
  } as Spec;
}
