/**
 * The tangent kernel K at the training inputs: a heat map, its eigenvalues, and its distance from the kernel of
 * the start.
 */
import { sizesOf } from '../../core/datasets.ts';
import { featureChoiceOf } from '../../core/features.ts';
import { shapeOf, type Sized } from '../../core/shape.ts';
import { columnOf } from '../../experiments/encoding.ts';
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

/** Most samples shown, neurons copied, and products of a neuron and two samples: a second or so of a worker. */
const MOST = { samples: 192, neurons: 2 ** 13, products: 2 ** 27 };
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
    this.spectrum = new DotPlot(spectrum, { theme, xLabel: 'k', yLabel: 'log₁₀ λₖ of K' });
    this.heat.describe('Tangent kernel K of each pair of samples as colours');
    this.spectrum.describe('Eigenvalues of K, the largest first, on a logarithmic scale');
  }

  begin(): void {
    this.worker?.destroy();
    const prepared = this.page.session.prepared!;
    const { problem } = prepared;
    const { x, d, outer, n } = problem;
    const { order, by } = orderOf(prepared);
    this.order = order;
    this.shown = null;
    const inputs = Float64Array.from(
      { length: order.length * d },
      (_, i) => x[order[Math.floor(i / d)] * d + (i % d)],
    );
    const label = `sample, in the order of ${by}`;
    this.heat.setOptions({ xLabel: label, yLabel: label });
    this.neurons = Math.min(n, MOST.neurons, Math.floor(MOST.products / order.length ** 2));
    this.worker = kernelInWorker({ x: inputs, d, outer, ...featureChoiceOf(problem) }, this.page.platform);
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
      const start = ofFirstOutput(startOf(problem, taken.rows), problem);
      const theta = ofFirstOutput(taken.theta, problem);
      return { sample: { theta, n: taken.n }, start, step: engine.step, n: problem.n };
    });
    const share = n / sample.n;
    const state = await worker.measure(sample.theta, start);
    if (worker !== this.worker) return;
    this.shown = {
      ...state,
      K: state.K.map((entry) => share * entry),
      spectrum: state.spectrum.map((value) => share * value),
    };
    this.draw(step, sample.n, n);
  }

  private draw(step: number, neurons: number, n: number): void {
    const { K, spectrum, drift } = this.shown!;
    const p = this.order.length;
    const m = this.page.session.prepared!.problem.m;
    const number = (value: number): string => value.toLocaleString('en');
    this.heat.show({
      values: K,
      across: p,
      x: [0.5, p + 0.5],
      y: [0.5, p + 0.5],
      range: extent(K, 0),
      smooth: false,
    });
    this.spectrum.show(
      Array.from(spectrum, (_, k) => k + 1),
      Array.from(spectrum, (value) => (value > ROUNDING * spectrum[0] ? Math.log10(value) : NaN)),
    );
    const { outputs } = this.page.session.prepared!.encoding;
    const part = [
      ...(outputs ? [`the output ${outputs[0]} alone`] : []),
      ...(p < m ? [`${number(p)} of ${number(m)} samples`] : []),
      ...(neurons < n ? [`${number(neurons)} of ${number(n)} neurons`] : []),
    ];
    this.place.title(
      `Tangent kernel K at step ${number(step)}: ‖K − K₀‖ / ‖K₀‖ = ${drift.toPrecision(3)}${part.length > 0 ? `; from ${part.join(' and ')}` : ''}`,
    );
  }

  setTheme(theme: ThemeName): void {
    this.heat.setOptions({ theme });
    this.spectrum.setOptions({ theme });
  }

  /** A row for each pair: the samples' numbers in the data, and K. */
  table(): Table | null {
    const { shown, order } = this;
    return (
      shown && {
        row: Array.from(shown.K, (_, i) => order[Math.floor(i / order.length)]),
        column: Array.from(shown.K, (_, i) => order[i % order.length]),
        K: shown.K,
      }
    );
  }

  destroy(): void {
    this.worker?.destroy();
    this.worker = null;
    this.heat.destroy();
    this.spectrum.destroy();
  }
}

/** Rows [w1, w0] of the first of several outputs. */
function ofFirstOutput(theta: Float32Array, sized: Sized): Float32Array {
  const { c, d, w1, w0, width } = shapeOf(sized);
  if (c === 1) return theta;
  return Float32Array.from({ length: (theta.length / width) * (1 + d) }, (_, i) => {
    const [row, k] = [Math.floor(i / (1 + d)) * width, i % (1 + d)];
    return theta[row + (k === 0 ? w1 : w0 + k - 1)];
  });
}

/**
 * Every k-th sample, by their one input, or by target, so that what is alike stands together; `by` is the name
 * of what orders them.
 */
function orderOf({ table, encoding }: Prepared): { order: number[]; by: string } {
  const { c, rows: m } = sizesOf(table);
  const every = Math.ceil(m / MOST.samples);
  const single = encoding.inputs.length === 1;
  const key = single ? table.x : columnOf(table.y, 0, c);
  const order = Array.from({ length: Math.ceil(m / every) }, (_, k) => k * every).sort(
    (p, q) => key[p] - key[q],
  );
  return { order, by: single ? encoding.inputs[0] : (encoding.outputs?.[0] ?? encoding.target) };
}
