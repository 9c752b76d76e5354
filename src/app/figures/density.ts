/**
 * The density ρ_t beside the cloud: the mean-field PDE on a grid, solved in a worker to the time of the cloud.
 */
import { centres, widthOf } from '../../core/analysis/pde.ts';
import type { DensityProblem, PatientDensity } from '../../engines/density.ts';
import { densityInWorker } from '../../engines/select.ts';
import { densityProblem, densityRefusal } from '../../experiments/density.ts';
import { FieldView } from '../../views/field/field.ts';
import { FieldCanvas } from '../../views/field/canvas.ts';
import type { ThemeName } from '../../views/palette.ts';
import type { ParticleSample } from '../../engines/engine.ts';
import type { PlotFrame } from '../../views/plots/frame.ts';
import type { Page } from '../page.ts';
import { axisName } from '../cloud/words.ts';
import { onAxes } from './density-grid.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import { say } from '../say.ts';

/** Cells along an axis; room for the cloud to grow; decades of density that colours span. */
const GRID = { cells: 128, leftOut: 1e-4, room: 0.6 };
const DECADES = 4;
/** Milliseconds between two pictures, and for which the cloud stands at an earlier time before the PDE starts anew. */
const REST = 250;
const BACK = 300;
/** Neurons drawn over it, and their radius in CSS pixels. */
const NEURONS = 600;
const DOT = 1.1;

export class DensityFigure implements Figure {
  private solver: PatientDensity | null = null;
  private problem: DensityProblem | null = null;
  private view: FieldView<Float64Array | Float32Array> | null = null;
  private shown: Float64Array | null = null;
  private aim = 0;
  private going = false;
  private back: ReturnType<typeof setTimeout> | undefined;
  private neurons: ParticleSample | null = null;

  constructor(
    private readonly place: FigurePlace,
    private readonly page: Page,
  ) {}

  /** Another run: a density of its own, where there is one. */
  begin(): void {
    this.destroy();
    const { config, problem, encoding } = this.page.session.prepared!;
    const none = densityRefusal(config, problem) !== null || config.initial.antithetic;
    this.place.applies(!none);
    if (none) return;
    const [across, up] = [1, 0].map((component) => axisName(component, encoding));
    this.problem = densityProblem(config, problem, GRID);
    this.solver = densityInWorker(this.problem, this.page.platform);
    const view = (this.view = new FieldView(
      this.place.body,
      { theme: this.page.theme, xLabel: across, yLabel: up, valueLabel: 'log₁₀ ρ' },
      (canvas) => new FieldCanvas(canvas),
    ));
    view.describe(
      say('Density of neurons by {across} and {up}, from the mean-field PDE, under some of the cloud', {
        across,
        up,
      }),
    );
    view.frame.over = () => this.dots(view.frame);
    this.aim = 0;
    void this.follow(0);
  }

  advance(): void {
    const { t } = this.page.session.metrics();
    clearTimeout(this.back);
    if (this.solver && t < this.solver.t) this.back = setTimeout(() => (this.begin(), this.advance()), BACK);
    else void this.follow(t);
  }

  /** The cloud has come to time t. */
  private async follow(t: number): Promise<void> {
    this.aim = t;
    const { solver } = this;
    if (this.going || !solver) return;
    this.going = true;
    try {
      do {
        const until = performance.now() + REST;
        while (solver.t < this.aim && performance.now() < until) await solver.approach(this.aim);
        this.neurons = await this.page.session.ask((engine) => engine.sample(NEURONS));
        this.draw(await solver.mass(), solver.t);
      } while (solver === this.solver && solver.t < this.aim);
    } catch {
      // The worker was sent away with its run.
    } finally {
      this.going = false;
      if (solver !== this.solver) void this.follow(this.aim);
    }
  }

  setTheme(theme: ThemeName): void {
    this.view?.setOptions({ theme });
  }

  table(): Table | null {
    const { problem, shown } = this;
    if (!problem || !shown) return null;
    const { w1, w0 } = problem;
    const area = widthOf(w1) * widthOf(w0);
    const [outer, inner] = [centres(w1), centres(w0)];
    return {
      w1: Float64Array.from(shown, (_, i) => outer[Math.floor(i / w0.cells)]),
      w0: Float64Array.from(shown, (_, i) => inner[i % w0.cells]),
      rho: Float64Array.from(shown, (mass) => mass / area),
    };
  }

  private draw(mass: Float64Array, t: number): void {
    const { problem, view } = this;
    if (!problem || !view || mass.length !== problem.mass.length) return;
    const { w1, w0 } = problem;
    const area = widthOf(w1) * widthOf(w0);
    const densities = mass.map((value) => Math.log10(Math.max(value / area, Number.MIN_VALUE)));
    const top = densities.reduce((most, value) => Math.max(most, value), -Infinity);
    const [half, height] = this.page.cloud.camera.scale; // the cloud's axes
    view.setRanges([-half, half], [-height, height], [top - DECADES, top]);
    this.shown = mass;
    const axes = { right: half, top: height, k: GRID.cells, outside: top - DECADES };
    view.setGrid(onAxes(densities, problem, axes), GRID.cells);
    this.place.title(
      say('Density ρ of the limit n → ∞ at t = {t}: the mean-field PDE on {cells} × {cells} cells', {
        t: t.toPrecision(4),
        cells: GRID.cells,
      }),
    );
  }

  /** Some of the cloud over its limit. */
  private dots({ context, toX, toY }: PlotFrame): void {
    if (!this.neurons) return;
    const { theta } = this.neurons;
    context.beginPath();
    for (let row = 0; row < theta.length; row += 2) {
      const [x, y] = [toX(theta[row + 1]), toY(theta[row])];
      context.moveTo(x + DOT, y);
      context.arc(x, y, DOT, 0, 2 * Math.PI);
    }
    Object.assign(context, { fillStyle: '#ffffff', strokeStyle: 'rgba(0, 0, 0, 0.7)', lineWidth: 0.8 });
    context.stroke();
    context.fill();
  }

  destroy(): void {
    clearTimeout(this.back);
    this.neurons = null;
    this.solver?.destroy();
    this.view?.destroy();
    this.solver = this.view = this.problem = this.shown = null;
  }
}
