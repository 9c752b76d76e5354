/**
 * The tangent kernel K at the training inputs: a heat map, its eigenvalues, and its distance from the kernel of
 * the start.
 */
import { isolatedName } from '../../core/words/cut.ts';
import { sizesOf } from '../../core/datasets.ts';
import { featureChoiceOf } from '../../core/features/features.ts';
import { picked } from '../../core/picked.ts';
import { shapeOf } from '../../core/shape.ts';
import { columnOf } from '../../experiments/data/encoding.ts';
import type { Kernel, KernelState } from '../../engines/kernel.ts';
import { kernelInWorker } from '../../engines/select.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { Heat } from '../../views/field/heat.ts';
import type { ThemeName } from '../../views/palette.ts';
import { DotPlot } from '../../views/plots/dots.ts';
import { extent } from '../../views/plots/frame.ts';
import { make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import './figures.css';
import { startOf } from './start.ts';
import { say } from '../say.ts';

/** Most rows of K, neurons copied, and products of a neuron and two rows: a second or so of a worker. */
const MOST = { rows: 192, neurons: 2 ** 13, products: 2 ** 27 };
/** Eigenvalues below this share of the largest are rounding. */
const ROUNDING = 1e-13;

export class KernelFigure implements Figure {
  private readonly turns = new Turns(0.2, 1000);
  private readonly heat: Heat;
  private readonly spectrum: DotPlot;
  private worker: Kernel | null = null;
  /** Neurons copied for it. */
  private neurons = 0;
  /** Samples shown, in the order of the axes. */
  private order: readonly number[] = [];
  private shown: KernelState | null = null;

  constructor(
    private readonly place: FigurePlace,
    private readonly page: Page,
  ) {
    const [heat, spectrum] = [make('div', 'heat'), make('div', 'spectrum')];
    const { theme } = page;
    place.body.append(heat, spectrum);
    this.heat = new Heat(heat, { theme, xLabel: '', yLabel: '', valueLabel: 'K' });
    this.spectrum = new DotPlot(spectrum, { theme, xLabel: 'k', yLabel: say('log₁₀ λₖ of K') });
    this.heat.describe(say('Tangent kernel K of each pair of samples as colours'));
    this.spectrum.describe(say('Eigenvalues of K, the largest first, on a logarithmic scale'));
  }

  begin(): void {
    this.worker?.destroy();
    const prepared = this.page.session.prepared!;
    const { problem } = prepared;
    const { x, outer, n } = problem;
    const { c, d } = shapeOf(problem);
    const { order, by } = orderOf(prepared, Math.max(1, Math.floor(MOST.rows / c)));
    this.order = order;
    this.shown = null;
    const inputs = picked(x, order, d);
    const label = say('sample, in the order of {by}{outputs}', {
      by,
      outputs: c > 1 ? say(', output by output') : '',
    });
    this.heat.setOptions({ xLabel: label, yLabel: label });
    this.neurons = Math.min(n, MOST.neurons, Math.floor(MOST.products / (order.length * c) ** 2));
    this.worker = kernelInWorker({ x: inputs, c, d, outer, ...featureChoiceOf(problem) }, this.page.platform);
    this.turns.hurry();
    this.advance();
  }

  advance(): void {
    const { worker } = this;
    if (worker)
      void this.turns
        .take(
          (work) => work(),
          () => this.measure(worker),
        )
        .catch(() => undefined); // of a run that is gone
  }

  private async measure(worker: Kernel): Promise<void> {
    const { session } = this.page;
    const { sample, start, step, n } = await session.ask(async (engine, { problem }) => {
      const taken = await engine.sample(this.neurons);
      return { sample: taken, start: startOf(problem, taken.rows), step: engine.step, n: problem.n };
    });
    const share = n / sample.n;
    const state = await worker.measure(sample.theta, start);
    if (worker !== this.worker) return;
    this.shown = {
      ...state,
      K: this.blocks(state.K).map((entry) => share * entry),
      spectrum: state.spectrum.map((value) => share * value),
    };
    this.draw(step, sample.n, n);
  }

  private draw(step: number, neurons: number, n: number): void {
    const { K, spectrum, drift } = this.shown!;
    const p = this.order.length;
    const rows = Math.sqrt(K.length);
    const { m } = this.page.session.prepared!.problem;
    const number = (value: number): string => value.toLocaleString('en');
    this.heat.show({
      values: K,
      across: rows,
      x: [0.5, rows + 0.5],
      y: [0.5, rows + 0.5],
      range: extent(K, 0),
      smooth: false,
    });
    this.spectrum.show(
      Array.from(spectrum, (_, k) => k + 1),
      Array.from(spectrum, (value) => (value > ROUNDING * spectrum[0] ? Math.log10(value) : NaN)),
    );
    const { outputs } = this.page.session.prepared!.encoding;
    const part = [
      ...(p < m ? [say('{p} of {m} samples', { p: number(p), m: number(m) })] : []),
      ...(neurons < n ? [say('{neurons} of {n} neurons', { neurons: number(neurons), n: number(n) })] : []),
    ];
    const blocks = outputs ? say(' of {c} outputs', { c: outputs.length }) : '';
    this.place.title(
      say('Tangent kernel K{blocks} at step {step}: ‖K − K₀‖ / ‖K₀‖ = {drift}{part}', {
        blocks,
        step: number(step),
        drift: drift.toPrecision(3),
        part: part.length > 0 ? say('; from {part}', { part: part.join(say(' and ')) }) : '',
      }),
    );
  }

  rest(): void {
    this.turns.hurry();
    this.advance();
  }

  setTheme(theme: ThemeName): void {
    this.heat.setOptions({ theme });
    this.spectrum.setOptions({ theme });
  }

  /** K [p c, p c] in blocks [p, p], one for each pair of outputs. */
  private blocks(K: Float64Array): Float64Array {
    const p = this.order.length;
    const rows = Math.sqrt(K.length);
    const place = (i: number): number => (i % p) * (rows / p) + Math.floor(i / p);
    return K.map((_, at) => K[place(Math.floor(at / rows)) * rows + place(at % rows)]);
  }

  /** A row for each pair: the samples' numbers in the data, their outputs where there are several, and K. */
  table(): Table | null {
    const { shown, order } = this;
    if (!shown) return null;
    const { outputs } = this.page.session.prepared!.encoding;
    const rows = Math.sqrt(shown.K.length);
    const [up, across] = [
      Array.from(shown.K, (_, i) => Math.floor(i / rows)),
      Array.from(shown.K, (_, i) => i % rows),
    ];
    const sampleOf = (i: number): number => order[i % order.length];
    const outputOf = (i: number): string => outputs![Math.floor(i / order.length)];
    return {
      row: up.map(sampleOf),
      column: across.map(sampleOf),
      ...(outputs && { rowOutput: up.map(outputOf), columnOutput: across.map(outputOf) }),
      K: shown.K,
    };
  }

  destroy(): void {
    this.worker?.destroy();
    this.worker = null;
    this.heat.destroy();
    this.spectrum.destroy();
  }
}

/**
 * Every k-th sample, by their one input, or by target, so that what is alike stands together; `by` is the name
 * of what orders them.
 */
function orderOf({ table, encoding }: Prepared, most: number): { order: number[]; by: string } {
  const { c, rows: m } = sizesOf(table);
  const every = Math.ceil(m / most);
  const single = encoding.inputs.length === 1;
  const key = single ? table.x : columnOf(table.y, 0, c);
  const order = Array.from({ length: Math.ceil(m / every) }, (_, k) => k * every).sort(
    (p, q) => key[p] - key[q],
  );
  return { order, by: isolatedName(single ? encoding.inputs[0] : (encoding.outputs?.[0] ?? encoding.target)) };
}
