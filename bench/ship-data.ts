/**
 * Writes src/core/data/shipped.ts from the npm package vega-datasets (a build-time dependency): `npm run data`.
 * The data travel as a module so that Node, workers and the bundle read them in the same way.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const directory = new URL('../data/', `file://${createRequire(import.meta.url).resolve('vega-datasets')}`);
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8');

/** The module's text; a test compares it with the file. */
export function shippedText(): string {
  const temperature = read('global-temp.csv')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const volcano = JSON.parse(read('volcano.json')) as { width: number; height: number; values: number[] };
  return `/** Written by \`npm run data\` from vega-datasets; sources and licences in README.md beside this file. */

/** Global land–ocean temperature anomaly in °C by year (NASA GISTEMP). */
export const TEMPERATURE = {
  year: [${temperature.map(([year]) => year).join(',')}],
  anomaly: [${temperature.map(([, anomaly]) => anomaly).join(',')}],
} as const;

/** Heights of Maunga Whau in metres on a ${volcano.width} × ${volcano.height} grid of 10 m (row by row). */
export const VOLCANO = {
  width: ${volcano.width},
  height: ${volcano.height},
  values: [${volcano.values.join(',')}],
} as const;
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../src/core/data/shipped.ts', import.meta.url), shippedText());
}
