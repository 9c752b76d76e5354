/** Data with classes as people have them, each as the text of a CSV whose last column is the class. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tabulate } from '../../src/core/datasets.ts';

const require = createRequire(import.meta.url);
const beside = (name: string, path: string): string =>
  readFileSync(new URL(path, `file://${require.resolve(name)}`), 'utf8');

export interface LabelData {
  readonly names: readonly string[];
  readonly target: string;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly (string | number)[];
}

export const csvOf = ({ names, target, x, y }: LabelData): string =>
  `${[...names, target].join()}\n${x.map((row, i) => [...row, y[i]].join()).join('\n')}\n`;

const MEASURES = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'] as const;

/** Palmer penguins by species, without those of which a measure is missing (vega-datasets). */
export function penguins(): LabelData {
  const all = JSON.parse(beside('vega-datasets', '../data/penguins.json')) as Record<string, unknown>[];
  const whole = all.filter((one) => MEASURES.every((name) => typeof one[name] === 'number'));
  return {
    names: MEASURES,
    target: 'Species',
    x: whole.map((one) => MEASURES.map((name) => Number(one[name]))),
    y: whole.map(({ Species }) => String(Species)),
  };
}

/** Two half moons whose classes are words. */
export function moons(): LabelData {
  const { x, y, inputs } = tabulate('moons', 200);
  return {
    names: inputs,
    target: 'moon',
    x: Array.from(y, (_, i) => [x[2 * i], x[2 * i + 1]]),
    y: Array.from(y, (value) => (value > 0 ? 'upper' : 'lower')),
  };
}

const PIXELS = 784;

/** Handwritten digits, `each` of every class in turn (the package mnist). */
export function digits(each: number): LabelData {
  const classes = Array.from({ length: 10 }, (_, digit) => {
    const { data } = JSON.parse(beside('mnist', `../src/digits/${digit}.json`)) as { data: number[] };
    return Array.from({ length: each }, (_, i) => data.slice(i * PIXELS, (i + 1) * PIXELS));
  });
  return {
    names: Array.from({ length: PIXELS }, (_, k) => `p${k}`),
    target: 'digit',
    x: Array.from({ length: 10 * each }, (_, i) => classes[i % 10][Math.floor(i / 10)]),
    y: Array.from({ length: 10 * each }, (_, i) => i % 10),
  };
}
