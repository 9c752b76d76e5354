/** `npm run bench:page`: what a frame of the page costs its main thread, and how soon the cloud moves. */
import type { Browser } from 'puppeteer';
import { someOf, wholeNumber, type Arguments } from '../../src/cli/args.ts';
import { runTool } from '../../src/cli/tool.ts';
import { launch, MACHINES } from '../../tests/support/browser/browser.ts';
import { openMoving, serveBuilt, traceFrames, type Traced } from './page.ts';
import { quantile } from './trace.ts';
import { heldTable, holds, type Held } from '../held.ts';
import { load, machine, machineLine } from '../machine.ts';
import { aligned } from '../words.ts';

interface Row extends Omit<Traced, 'frames'> {
  readonly on: string;
  readonly asked: string;
  readonly firstMove: number;
  readonly all: Summary;
  readonly drawn: Summary;
}

interface Summary {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

const summary = (values: readonly number[]): Summary => ({
  count: values.length,
  median: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  max: quantile(values, 1),
});

async function measure(
  browser: Browser,
  address: string,
  on: string,
  asked: string,
  seconds: number,
): Promise<Row> {
  const { page, firstMove } = await openMoving(browser, address);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { frames, ...traced } = await traceFrames(page, seconds);
  await page.close();
  const times = (of: typeof frames): number[] => of.map(({ milliseconds }) => milliseconds);
  return {
    on,
    asked,
    firstMove,
    ...traced,
    all: summary(times(frames)),
    drawn: summary(times(frames.filter(({ drawn }) => drawn))),
  };
}

const COLUMNS: Readonly<Record<string, (row: Row) => string>> = {
  on: ({ on }) => on,
  n: ({ metrics }) => String(metrics.n),
  computes: ({ metrics: { adapter, method } }) => `${adapter}, ${method}`,
  'steps/s': ({ steps, seconds }) => (steps / seconds).toFixed(1),
  'frames/s': ({ all, seconds }) => (all.count / seconds).toFixed(1),
  'ms/frame: median': ({ all }) => all.median.toFixed(2),
  p95: ({ all }) => all.p95.toFixed(2),
  max: ({ all }) => all.max.toFixed(2),
  'drawn/s': ({ drawn, seconds }) => (drawn.count / seconds).toFixed(1),
  'ms/drawn frame: median ': ({ drawn }) => drawn.median.toFixed(2),
  'p95 ': ({ drawn }) => drawn.p95.toFixed(2),
  'max ': ({ drawn }) => drawn.max.toFixed(2),
  'first move, ms': ({ firstMove }) => firstMove.toFixed(0),
};

/**
 * Milliseconds of a frame with 2^20 neurons. With WebGPU 4 are wanted, and 3 to 3.5 are seen on a quiet machine
 * of two cores; where others fill its caches the same work takes up to twice as long. Without, the CPU engine's
 * grids pass through the main thread too: 5 to 8 are seen. One copy of θ in a frame costs 20 more.
 */
const FREE: Readonly<Record<string, number>> = { webgpu: 8, webgl: 14 };
/** Frames, and pictures, a second of as many neurons as the page chooses without WebGPU. */
const FLUENT = 10;

/** What is asked of a row. */
function heldBy({ on, asked, metrics: { n }, all, drawn, pictures, seconds }: Row): Held[] {
  const of = `${on}, n = ${n}`;
  const free = n === 2 ** 20 ? FREE[on] : undefined;
  const fluent = asked === 'auto' && on !== 'webgpu';
  return [
    ...(free === undefined
      ? []
      : [
          { what: `${of}: drawn frame, median`, measured: drawn.median, limit: free, unit: 'ms' },
          { what: `${of}: frame, p95`, measured: all.p95, limit: 2 * free, unit: 'ms' },
        ]),
    ...(fluent
      ? [
          { what: `${of}: frames`, measured: all.count / seconds, limit: FLUENT, least: true, unit: '/s' },
          { what: `${of}: pictures`, measured: pictures / seconds, limit: FLUENT, least: true, unit: '/s' },
        ]
      : []),
  ];
}

function report(rows: readonly Row[], conditions: string): string {
  const names = Object.keys(COLUMNS);
  return [
    conditions,
    '',
    aligned([names, ...rows.map((row) => names.map((name) => COLUMNS[name](row)))]),
    '',
    ...rows.flatMap(({ on, metrics, tasks }) => [
      `longest tasks, ${on}, n = ${metrics.n}:`,
      ...tasks.map(({ milliseconds, what }) => `  ${milliseconds.toFixed(2).padStart(7)} ms  ${what}`),
    ]),
    ...(rows.some((row) => heldBy(row).length > 0) ? ['', heldTable(rows.flatMap(heldBy))] : []),
    ...(rows.some(({ metrics }) => /software/.test(metrics.adapter))
      ? [
          '',
          'A software adapter: steps and drawing take the cores that the page needs; its speed says nothing about a GPU.',
        ]
      : []),
  ].join('\n');
}

async function run({ text, on: isOn }: Arguments): Promise<number> {
  const machines = someOf('--on', text('on')!, Object.keys(MACHINES) as (keyof typeof MACHINES)[]);
  const seconds = wholeNumber('seconds', text('seconds')!, 1, 600);
  const widths = text('n')!
    .split(',')
    .map((n) => (n === 'auto' ? n : wholeNumber('n', n, 1, 2 ** 30)));
  const preset = text('preset')!;
  const site = await serveBuilt();
  const rows: Row[] = [];
  const before = load();
  let version = '';
  for (const on of machines) {
    const browser = await launch(on);
    version = await browser.version();
    for (const n of widths) {
      const width = n === 'auto' ? '' : `&model.width=${n}`;
      rows.push(await measure(browser, `${site.address}#preset=${preset}${width}`, on, String(n), seconds));
    }
    await browser.close();
  }
  await site.close();
  const here = machine(version);
  const after = load();
  if (isOn('json'))
    process.stdout.write(
      `${JSON.stringify({ machine: here, load: { before, after }, preset, rows }, null, 1)}\n`,
    );
  else
    process.stdout.write(
      `${report(rows, `${machineLine(here)}; load average ${before} before, ${after} after.`)}\n`,
    );
  return rows.flatMap(heldBy).every(holds) ? 0 : 1;
}

await runTool('bench:page', {
  summary:
    'What a frame costs the page’s main thread, thread time alone, and how soon the cloud moves; "drawn" are frames in which it was drawn.',
  positionals: [],
  flags: {
    n: {
      value: 'LIST',
      help: 'neurons; "auto": as many as the page chooses',
      preset: '4096,1048576,auto',
    },
    preset: { value: 'NAME', help: 'what it shows', preset: 'tanh-curve' },
    on: {
      value: 'LIST',
      help: 'machines: with WebGPU, without, without WebGL as well',
      preset: 'webgpu,webgl,bare',
    },
    seconds: { value: 'S', help: 'of each trace', preset: '6' },
    json: { help: 'everything measured, as JSON' },
  },
  run,
});
