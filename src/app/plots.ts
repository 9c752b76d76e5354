/** The plots beside the cloud: f against the data, and the loss. */
import { LossChart } from '../views/chart-loss.ts';
import type { ThemeName } from '../views/palette.ts';
import { testLoss } from '../experiments/run.ts';
import { openFit, type FitView } from './fit.ts';
import type { Session } from './session.ts';
import { Turns } from './turns.ts';

const LABELS = { step: 'step', train: 'loss' } as const;

export class Plots {
  private readonly loss: LossChart;
  private fit: FitView | null = null;
  /** Plots may cost this share of the time: f a fifth, the test loss a tenth. */
  private readonly fitTurns = new Turns(0.2, 250);
  private readonly testTurns = new Turns(0.1, 500);

  constructor(
    private readonly session: Session,
    private readonly hosts: { readonly fit: HTMLElement; readonly fitTitle: HTMLElement; readonly loss: HTMLElement },
    private theme: ThemeName,
  ) {
    this.loss = new LossChart(hosts.loss, { theme, logX: false, labels: LABELS });
  }

  /** Another engine or problem: its curves begin. */
  begin(): void {
    this.loss.clear();
    this.loss.setOptions({ labels: this.session.prepared?.test ? { ...LABELS, test: 'test loss' } : LABELS });
    this.loss.push(this.session.losses);
    this.testTurns.hurry();
  }

  /** Opens the plot of f that fits the number of inputs. */
  async show(): Promise<void> {
    const { engine, prepared } = this.session;
    this.fit?.destroy();
    this.fit = null;
    const view = await openFit(this.hosts.fit, engine!, prepared!, this.theme);
    if (engine !== this.session.engine) return view.destroy();
    this.fit = view;
    view.setTheme(this.theme);
    this.hosts.fitTitle.textContent = view.title;
    this.fitTurns.hurry();
    this.refresh();
  }

  /** θ has moved. */
  advance(): void {
    this.loss.push(this.session.losses);
    this.refresh();
  }

  /** Brings f and the test loss up to date when their turn has come. */
  private refresh(): void {
    const view = this.fit;
    const queue = (work: () => Promise<void>): Promise<void> => this.session.ask(work);
    const ignore = (): void => undefined;
    if (view) void this.fitTurns.take(queue, async () => (view === this.fit ? view.refresh() : undefined)).catch(ignore);
    if (this.session.prepared?.test) void this.testTurns.take(queue, () => this.pushTest()).catch(ignore);
  }

  setTheme(theme: ThemeName): void {
    this.theme = theme;
    this.loss.setOptions({ theme });
    this.fit?.setTheme(theme);
  }

  private async pushTest(): Promise<void> {
    const engine = this.session.engine!, { test, problem } = this.session.prepared!;
    this.loss.push([{ step: engine.step, loss: await testLoss(engine, problem.loss, test) }], 'test');
  }
}
