/** DIR of a measurement: result.json, points.csv and figure.svg, and the same in a few lines for people. */
import type { Point, Verdict } from '../experiments/measure/judge.ts';
import type { Measurement } from '../experiments/measure/measurement.ts';
import { formatCsv } from '../io/csv.ts';
import { writeWhole } from './files.ts';
import { toJson } from './outputs.ts';

type Written = Verdict & { readonly name: string; readonly seconds: number; readonly failure?: string };

/** Writes everything; without a `measurement` (of a run that failed) no figure. */
export async function writeResult(
  directory: string,
  result: Written & { readonly version: string },
  measurement?: Measurement,
): Promise<void> {
  await writeWhole(directory, 'points.csv', pointsCsv(result.points));
  if (measurement) {
    // a drawing library: loaded where it draws
    const { drawFigure } = await import('../experiments/measure/figures/figure.ts');
    await writeWhole(directory, 'figure.svg', await drawFigure(result, measurement));
  }
  await writeWhole(directory, 'result.json', compactLists(toJson(result)));
}

/** Numbers of a list on one line. */
const compactLists = (json: string): string =>
  json.replace(
    /\[\s+(-?[\d.e+-]+(?:,\s+-?[\d.e+-]+)*)\s+\]/g,
    (_, list: string) => `[${list.replace(/\s+/g, ' ')}]`,
  );

/** One row a point, every name a column; lists stay in result.json. */
function pointsCsv(points: readonly Point[]): string {
  const flat = points.map(
    (point) =>
      Object.entries(point).filter(([, value]) => !Array.isArray(value)) as [string, number | string][],
  );
  const names = [...new Set(flat.flatMap((entries) => entries.map(([name]) => name)))];
  return formatCsv(
    names,
    flat.map((entries) => {
      const row = Object.fromEntries(entries);
      return names.map((name) => row[name] ?? '');
    }),
  );
}

const short = (value: number): string =>
  (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5) || value === 0
    ? String(+value.toPrecision(4))
    : value.toExponential(2);

export function linesOf({ name, fits = [], checks = [], passed, seconds }: Written, directory: string): string {
  const rows = [
    ...fits.map(
      (fit) =>
        [
          fit.passed,
          fit.name,
          `slope ${short(fit.slope)} in [${short(fit.low)}, ${short(fit.high)}]`,
          `${short(fit.expected)} ± ${fit.tolerance}`,
        ] as const,
    ),
    ...checks.map(
      (check) =>
        [
          check.passed,
          check.name,
          short(check.value),
          `${short(check.expected)} ± ${short(check.tolerance)}`,
        ] as const,
    ),
  ];
  const widths = [1, 2].map((column) => Math.max(0, ...rows.map((row) => String(row[column]).length)));
  const lines = rows.map(
    ([good, what, value, expected]) =>
      `${good ? 'holds' : 'FAILS'}  ${what.padEnd(widths[0])}  ${value.padEnd(widths[1])}  expected ${expected}\n`,
  );
  return `${lines.join('')}${name} ${passed ? 'passed' : 'did not pass'} in ${seconds.toFixed(1)} s, files in ${directory}\n`;
}
