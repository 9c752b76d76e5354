/** The loss over steps, and that on held-out data where there are any. */
import { testLoss } from '../../experiments/run.ts';
import { LossChart } from '../../views/chart-loss.ts';
import type { ThemeName } from '../../views/palette.ts';
import type { Page } from '../page.ts';
import { Turns } from '../turns.ts';
import type { Figure, Place, Table } from './figure.ts';

const LABELS = { step: 'step', train: 'loss' } as const;

export class LossFigure implements Figure {
  private readonly chart: LossChart;
  /** The test loss may cost this share of the time. */
  private readonly turns = new Turns(0.1, 500);

  constructor({ body, title }: Place, private readonly page: Page) {
    title('Loss');
    this.chart = new LossChart(body, { theme: page.theme, logX: false, labels: LABELS });
  }

  begin(): void {
    const { prepared, losses } = this.page.session;
    this.chart.clear();
    this.chart.setOptions({ labels: prepared?.test ? { ...LABELS, test: 'test loss' } : LABELS });
    this.chart.push(losses);
    this.turns.hurry();
  }

  advance(): void {
    const { session } = this.page;
    this.chart.push(session.losses);
    if (session.prepared?.test) void this.turns.take((work) => session.ask(work), () => this.pushTest()).catch(() => undefined);
  }

  setTheme(theme: ThemeName): void {
    this.chart.setOptions({ theme });
  }

  table(): Table {
    const train = this.chart.data('train'), test = this.chart.data('test'), held = new Map(test.x.map((step, i) => [step, test.y[i]]));
    const steps = [...new Set([...train.x, ...test.x])].sort((p, q) => p - q), losses = new Map(train.x.map((step, i) => [step, train.y[i]]));
    const cells = (of: ReadonlyMap<number, number>): (number | string)[] => steps.map((step) => of.get(step) ?? '');
    return { step: steps, loss: cells(losses), ...(held.size > 0 ? { testLoss: cells(held) } : {}) };
  }

  destroy(): void {
    this.chart.destroy();
  }

  private async pushTest(): Promise<void> {
    const engine = this.page.session.engine!, { test, problem } = this.page.session.prepared!;
    this.chart.push([{ step: engine.step, loss: await testLoss(engine, problem.loss, test) }], 'test');
  }
}
