/** DIR of a measurement: result.json, points.csv, figure.svg and what every replica gave, and the same in a few lines for people. */
import {
  expectation,
  wantsReplicas,
  type Fit,
  type Judgement,
  type Point,
  type Verdict,
} from '../experiments/measure/judge.ts';
import type { HowMuch } from '../experiments/measure/learned.ts';
import type { Drawing } from '../experiments/measure/figures/figure.ts';
import { formatCsv } from '../io/csv.ts';
import { writeWhole } from './files/files.ts';
import { toJson } from './files/outputs.ts';
import type { Raw } from './raw.ts';

type Written = Judgement &
  HowMuch & { readonly name: string; readonly seconds: number; readonly failure?: string };

/** Writes everything, result.json last; without a `drawing` (of a run that failed) no figure. */
export async function writeResult(
  directory: string,
  result: Written & { readonly version: string },
  { drawing, raw = [] }: { readonly drawing?: Drawing; readonly raw?: readonly Raw[] } = {},
): Promise<void> {
  await writeWhole(directory, 'points.csv', pointsCsv(result.points));
  for (const { name, bytes } of raw) await writeWhole(directory, name, bytes);
  if (drawing) {
    // a drawing library: loaded where it draws
    const { drawFigure } = await import('../experiments/measure/figures/figure.ts');
    await writeWhole(directory, 'figure.svg', await drawFigure(result, drawing));
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

const SAID: Readonly<Record<Verdict, string>> = {
  holds: 'passed',
  fails: 'did not pass',
  undecided: 'is undecided',
};

/** What is off, and is not of sampling, is of finite n or dt. */
const remark = ({ bias, caveat }: Fit): string =>
  caveat !== undefined ? `: ${caveat}` : bias > 0 ? `, bias ${short(bias)}` : '';

export function linesOf(
  { name, fits = [], checks = [], verdict, r2, seconds }: Written,
  directory: string,
): string {
  const rows = [
    ...fits.map(
      (fit) =>
        [
          fit.verdict,
          fit.name,
          `slope ${short(fit.slope)} in [${short(fit.low)}, ${short(fit.high)}]`,
          `${expectation(fit, short)}${remark(fit)}`,
        ] as const,
    ),
    ...checks.map(
      (check) => [check.verdict, check.name, short(check.value), expectation(check, short)] as const,
    ),
  ];
  const widths = [1, 2].map((column) => Math.max(0, ...rows.map((row) => String(row[column]).length)));
  const lines = rows.map(
    ([verdict, what, value, expected]) =>
      `${verdict === 'fails' ? 'FAILS' : verdict}  ${what.padEnd(widths[0])}  ${value.padEnd(widths[1])}  expected ${expected}\n`,
  );
  const learned = r2 === null ? '' : `, R² ${short(r2)} where it ends`;
  const remedy = wantsReplicas(fits) ? ', more replicas would decide it,' : ' for what is said of its slopes,';
  const said = SAID[verdict] + (verdict === 'undecided' ? remedy : '');
  return `${lines.join('')}${name} ${said} in ${seconds.toFixed(1)} s${learned}, files in ${directory}\n`;
}
