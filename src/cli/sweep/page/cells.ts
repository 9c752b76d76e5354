/** What was computed, where, and by which commands. */
import { arch, availableParallelism, hostname } from 'node:os';
import { meanOf } from '../../../core/analysis/statistics.ts';
import { isDiverged, type Outcome } from '../../../experiments/sweep/outcome.ts';
import { timesOf } from '../../../experiments/sweep/study.ts';
import { VERSION } from '../../machine/version.ts';
import { statusOf } from '../cells.ts';
import type { ChunkLog } from '../folder.ts';
import { counted, duration } from '../../words.ts';
import { short } from '../../../experiments/measure/figures/style.ts';
import { escaped, html, table } from '../../report/html.ts';
import { systemWords, type Shown } from './shown.ts';

export async function lossSection({ expanded, rows }: Shown): Promise<string> {
  const { drawCurves } = await import('../../../experiments/measure/figures/sweep.ts');
  const { families } = expanded;
  const points = families.map(({ settings, groups }) => ({
    settings,
    points: groups.flatMap(({ n }) => {
      const own = rows.filter(
        (row) => row.settings === settings && row.n === n && row.result && !isDiverged(row.result),
      );
      const values = own.map(({ result }) => (result as Outcome).loss.at(-1)!);
      return values.length > 0
        ? [{ x: n, y: meanOf(values).value, ...interval(values), n: values.length }]
        : [];
    }),
  }));
  const t = timesOf(families[0].groups[0].config).at(-1)!;
  const widest = points.map(({ settings, points: own }) => {
    const last = own.at(-1);
    return [
      escaped(systemWords(settings)),
      last ? last.x.toLocaleString('en') : '–',
      last ? `${short(last.y)} <small>[${short(last.low)}, ${short(last.high)}]</small>` : '–',
      last ? String(last.n) : '0',
    ];
  });
  const figure = await drawCurves([
    {
      title: `loss at t = ${t}`,
      x: { title: 'n', log: true },
      y: { title: 'mean over seeds', log: true },
      curves: points.map(({ settings, points: own }) => ({
        name: systemWords(settings),
        mark: 'dots',
        points: own,
      })),
    },
  ]);
  return html`<h2>Loss</h2>
<figure>${figure}</figure>
<details><summary>At the greatest n that is there</summary>${table(['system', 'n', `loss at t = ${t}`, 'seeds'], widest)}</details>`;
}

function interval(values: readonly number[]): { low: number; high: number } {
  const { value, low, high } = meanOf(values);
  return Number.isNaN(low) ? { low: value, high: value } : { low, high };
}

export function cellsSection({ expanded, rows }: Shown): string {
  const widths = expanded.families[0].groups.map(({ n }) => n);
  const body = widths.map((n) => {
    const own = rows.filter((row) => row.n === n);
    const count = (status: string): string =>
      own.filter((row) => statusOf(row) === status).length.toLocaleString('en');
    return [n.toLocaleString('en'), count('done'), count('diverged'), count('missing')];
  });
  const failures = [
    ...new Set(rows.flatMap(({ result }) => (result && isDiverged(result) ? [result.failure] : []))),
  ];
  return html`<h2>Cells</h2>
${table(['n', 'done', 'diverged', 'missing'], body)}
${
  failures.length > 0
    ? html`<details><summary>What diverged</summary><ul>${failures
        .slice(0, 50)
        .map((one) => `<li>${escaped(one)}</li>`)
        .join('')}</ul></details>`
    : ''
}
<p>Every cell is a row of cells.csv and cells.parquet; its configuration and f at three times are in cells/ADDRESS/. <code>mckean run cells/ADDRESS/CONFIG.json --out elsewhere</code> runs one again, with θ and its history.</p>`;
}

export function environment({ folder }: Shown): string {
  const kinds = new Map<string, { words: string[]; chunks: number; computed: number; seconds: number }>();
  for (const log of folder.logs()) {
    const words = [log.host, log.cpu, log.system, `Node ${log.node}`, log.engine, adapterOf(log), log.version];
    const known = kinds.get(words.join('\n')) ?? { words, chunks: 0, computed: 0, seconds: 0 };
    known.chunks++;
    known.computed += log.computed;
    known.seconds += log.seconds;
    kinds.set(words.join('\n'), known);
  }
  const planned = folder.plan.chunks.reduce((sum, { seconds }) => sum + seconds, 0);
  const body = [...kinds.values()].map(({ words, chunks, computed, seconds }) => [
    ...words.map(escaped),
    String(chunks),
    computed.toLocaleString('en'),
    duration(seconds),
  ]);
  return html`<h2>Environment</h2>
${table(['host', 'processor', 'system', 'Node', 'engine', 'adapter', 'mckean', 'processes', 'cells', 'time'], body)}
<p>Predicted for all chunks: ${duration(planned)} of one thread. Times are of processes on the clock, others on the machine included. This report was made on ${escaped(hostname())} (${arch()}, ${counted(availableParallelism(), 'core')}) by mckean ${VERSION}, Node ${process.version.slice(1)}. Cells are the same in every bit wherever one engine computes them; on a GPU those of one adapter.</p>`;
}

const adapterOf = ({ adapter, gpu }: ChunkLog): string => {
  const numbers = [gpu ?? []].flat().map(({ index }) => index);
  return numbers.length === 0 ? adapter : `${adapter}, number ${numbers.join(', ')}`;
};

export function commands({ folder, command }: Shown): string {
  const { plan, path } = folder;
  const { base, grid, measure } = plan;
  const list = [...new Set([plan.command, ...folder.logs().map((log) => log.command), command])];
  const sweep = {
    ...(plan.title !== undefined && { title: plan.title }),
    base,
    grid,
    ...(measure.length > 0 && { measure }),
  };
  const lists = JSON.stringify(sweep, null, 2).replace(
    /\[\s+([^[\]{}]+?)\s+\]/g,
    (_, inner: string) => `[${inner.replace(/\s+/g, ' ')}]`,
  );
  return html`<h2>Every command</h2>
<p>In ${escaped(path)}; each chunk alone can be computed again by <code>mckean sweep chunk DIR K</code>, all of them by <code>mckean sweep run DIR</code>.</p>
<pre>${list.map(escaped).join('\n')}</pre>
<details open><summary>SWEEP.json</summary><pre>${escaped(lists)}</pre></details>`;
}
