/** mckean sweep report: fits what is there, and says it as a page, as tables and on stdout. */
import { expand, valueWords } from '../../experiments/sweep/expand.ts';
import { isDiverged } from '../../experiments/sweep/outcome.ts';
import { ratesOf, study, type Rate } from '../../experiments/sweep/study.ts';
import { formatCsv } from '../../io/csv.ts';
import type { Arguments } from '../args.ts';
import { EXIT, JUDGED, UsageError } from '../errors.ts';
import { writeWhole } from '../files/files.ts';
import { toJson } from '../files/outputs.ts';
import { cellColumns, cellRows, parquetOf, type CellRow } from './cells.ts';
import { commandOf } from '../command.ts';
import { SweepFolder } from './folder.ts';
import { reportOf } from './page/page.ts';
import { short } from '../../experiments/measure/figures/style.ts';

export async function reportSweep(args: Arguments): Promise<number> {
  const folder = await SweepFolder.open(args.positionals[0]);
  const { plan, path } = folder;
  const expanded = expand(plan.base, plan.grid);
  const rows = cellRows(folder, expanded);
  if (rows.every(({ result }) => result === null))
    throw new UsageError(`${path}: no cell is done yet, mckean sweep run computes them`);
  const { families, seeds } = expanded;
  const groups = families[0].groups.length;
  const seen = study(
    expanded,
    plan.measure,
    plan.reference,
    (family, group, seed) => rows[(family * groups + group) * seeds.length + seed].result,
  );
  const rates = ratesOf(seen);
  const page = await reportOf({ folder, expanded, rows, study: seen, rates, command: commandOf() });
  const columns = cellColumns(rows, plan);
  await writeWhole(
    path,
    'cells.csv',
    formatCsv(
      columns.map(({ name }) => name),
      rows.map((_, i) => columns.map(({ values }) => values[i] ?? '')),
    ),
  );
  await writeWhole(path, 'cells.parquet', parquetOf(columns));
  await writeWhole(path, 'rates.csv', ratesCsv(rates, seen.findings));
  await writeWhole(path, 'report.html', page);
  process.stdout.write(
    args.on('json') ? toJson({ verdict: seen.verdict, rates: rates.map(said) }) : linesOf(rates, rows, path),
  );
  return seen.verdict === null ? EXIT.done : JUDGED[seen.verdict];
}

const said = ({ law, quantity, t, settings, fit }: Rate) => {
  const { slope, low, high, expected, tolerance, verdict } = fit;
  return { law, quantity, ...settings, t, slope, low, high, expected, tolerance, verdict };
};

function ratesCsv(rates: readonly Rate[], findings: ReturnType<typeof study>['findings']): string {
  const rows = rates.map((rate) => {
    const { widths, seeds } = findings.find(
      ({ law, settings }) => law === rate.law && settings === rate.settings,
    )!;
    return { ...said(rate), widths: `${widths[0]} to ${widths.at(-1)!}`, seeds };
  });
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return formatCsv(
    names,
    rows.map((row) =>
      names.map((name) => {
        const value = (row as Record<string, unknown>)[name];
        return typeof value === 'number' ? value : valueWords(value ?? '');
      }),
    ),
  );
}

function linesOf(rates: readonly Rate[], rows: readonly CellRow[], path: string): string {
  const words = rates.map(({ law, quantity, t, settings, fit }) => [
    fit.verdict === 'fails' ? 'FAILS' : fit.verdict,
    law,
    Object.values(settings).map(valueWords).join(', '),
    `${quantity}, t = ${t}`,
    `slope ${short(fit.slope)} in [${short(fit.low)}, ${short(fit.high)}], expected ${short(fit.expected)} ± ${short(fit.tolerance)}`,
  ]);
  const width = (column: number): number => Math.max(...words.map((row) => row[column].length));
  const lines = words.map(
    (row) => `${row.map((word, i) => (i < 4 ? word.padEnd(width(i)) : word)).join('  ')}\n`,
  );
  const done = rows.filter(({ result }) => result !== null);
  const diverged = done.filter(({ result }) => isDiverged(result!)).length;
  return `${lines.join('')}${done.length} of ${rows.length} cells are done${diverged > 0 ? `, ${diverged} of them diverged` : ''}; files in ${path}: report.html, rates.csv, cells.csv, cells.parquet\n`;
}
