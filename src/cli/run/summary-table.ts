/** What a run says of itself on stdout, in a few lines for people. */
import type { Config } from '../../core/config/config.ts';
import { LOSSES, type Loss } from '../../core/objective/losses.ts';
import { listed, type DataReport } from './data-report.ts';

interface Shown {
  readonly config: Config;
  readonly data: DataReport;
  readonly n: number;
  readonly m: number;
  readonly c: number;
  readonly d: number;
  readonly steps: number;
  readonly t: number;
  readonly loss0: number;
  readonly loss: number;
  readonly r2: number;
  readonly accuracy: number;
  readonly testAccuracy: number;
  readonly testLoss: number;
  readonly testR2: number;
  readonly secondsTotal: number;
}

export function summaryTable(s: Shown, directory: string): string {
  const { explainsVariance }: Loss = LOSSES[s.config.model.loss];
  const testR2 = Number.isFinite(s.testR2) ? s.testR2.toFixed(4) : null;
  const rows: ([string, string] | null)[] = [
    ['n, m, d', `${s.n}, ${s.m}, ${s.d}`],
    s.c > 1 ? ['outputs', String(s.c)] : null,
    ['inputs', listed(s.data.inputs)],
    ['target', listed(s.data.target)],
    ['steps, t', `${s.steps}, ${s.t.toPrecision(4)}`],
    ['loss', `${s.loss0.toPrecision(4)} → ${s.loss.toPrecision(4)}`],
    explainsVariance ? ['R²', Number.isFinite(s.r2) ? s.r2.toFixed(4) : '–'] : null,
    Number.isFinite(s.accuracy) ? ['accuracy', s.accuracy.toFixed(4)] : null,
    Number.isFinite(s.testLoss)
      ? [
          testR2 ? 'test loss, R²' : 'test loss',
          [s.testLoss.toPrecision(4), ...(testR2 ? [testR2] : [])].join(', '),
        ]
      : null,
    Number.isFinite(s.testAccuracy) ? ['test accuracy', s.testAccuracy.toFixed(4)] : null,
    ['time', `${s.secondsTotal.toFixed(1)} s`],
    ['files', directory],
  ];
  return rows
    .filter((row) => row !== null)
    .map(([name, value]) => `${name.padEnd(14)}${value}\n`)
    .join('');
}
