/** What a kit has seen, as Markdown and as JSON: written anew after each stage. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseText } from '../race/cases.ts';
import type { Row } from '../table.ts';
import { markdown, three } from '../words.ts';
import type { Origin } from './place.ts';
import { filesOf } from './plan.ts';
import type { Outcome } from './stages.ts';

/** Of the adapter: what bench:gpu says of it. */
interface Head {
  readonly adapter: string;
  readonly driver: string;
  readonly software: boolean;
}

const readJson = <T>(file: string): T | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return null; // a stage that was stopped leaves none, or half of one
  }
};

/** Of rows of one run: ours beside the others, a line a case, each with card, driver and commit. */
export function speedLines(rows: readonly Row[], where: string): string[][] {
  const timed = rows.filter((row): row is Timed => row.measured !== undefined);
  const best = (list: readonly Timed[]): number => Math.min(...list.map(({ measured }) => measured.ms));
  return [...new Set(timed.map((row) => caseText(row.case)))].map((name) => {
    const all = timed.filter((row) => caseText(row.case) === name);
    const [ours, others] = [all.filter((row) => row.ours), all.filter((row) => !row.ours)];
    const ratio = ours.length > 0 && others.length > 0 ? `${three(best(others) / best(ours))}×` : '–';
    const place = ours[0]?.where === 'page' ? 'in the page' : 'in Node';
    return [`${name}, ${place}`, listed(ours), listed(others), ratio, where];
  });
}

type Timed = Row & Required<Pick<Row, 'measured'>>;

/** The fastest first. */
const listed = (rows: readonly Timed[]): string =>
  [...rows]
    .sort((p, q) => p.measured.ms - q.measured.ms)
    .map(({ info: { name, method, precision }, measured: { ms } }) =>
      [name.replace('mckean webgpu', ''), method, precision === 'float64' ? '(float64)' : '', three(ms)]
        .filter(Boolean)
        .join(' '),
    )
    .join(', ');

const SPEED = ['case', 'mckean, ms a step', 'others', 'as fast as their best', 'card, driver, commit'];

/** As doctor prints it. */
const cardOf = (out: string): string =>
  /^adapter +(.*)$/m.exec(printedBy(out, 'doctor'))?.[1] ?? 'adapter not known';

/** What a stage has printed; nothing where it never began. */
function printedBy(out: string, name: string): string {
  const { stdout } = filesOf(out, name);
  return existsSync(stdout) ? readFileSync(stdout, 'utf8').trim() : '';
}

export function writeReport(out: string, origin: Origin, outcomes: readonly Outcome[]): void {
  const head = ['checks', 'methods', 'kernels']
    .map((name) => readJson<Head>(join(out, `${name}.json`)))
    .find((found) => found !== null);
  const card = head ? [head.adapter, head.driver].filter(Boolean).join(', ') : cardOf(out);
  const where = `${card}, ${origin.commit}`;
  const speeds = outcomes.map(({ name }) => readJson<{ rows?: Row[] }>(join(out, `${name}.json`))?.rows ?? []);
  const lines = speeds.flatMap((rows) => speedLines(rows, where));
  const stages = outcomes.map(({ name, verdict, seconds, reason }) => [
    name,
    verdict,
    seconds.toFixed(1),
    reason ?? '',
  ]);
  const printed = outcomes.flatMap(({ name }) => {
    const text = printedBy(out, name);
    // those that print no table print lines, which Markdown would run together
    return text === '' ? [] : [`## ${name}`, text.includes('| --- |') ? text : `\`\`\`\n${text}\n\`\`\``];
  });
  const parts = [
    `# mckean ${origin.version}, commit ${origin.commit}, on ${card}`,
    ...(head?.software ? ['A software adapter: times show that it runs, and nothing of a speed.'] : []),
    markdown([['stage', '', 'seconds', ''], ...stages]),
    ...(lines.length > 0 ? ['## Speed', markdown([SPEED, ...lines])] : []),
    ...printed,
  ];
  writeFileSync(join(out, 'report.md'), `${parts.join('\n\n')}\n`);
  const report = {
    ...origin,
    card,
    ...(head && { driver: head.driver, software: head.software }),
    outcomes,
    rows: speeds.flat(),
  };
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
}
