/** The density ρ_t beside the cloud: the mean-field PDE on a grid, solved in a worker to the time of the cloud. */
import { widthOf } from '../core/pde.ts';
import { WorkerDensity, type DensityProblem } from '../engines/density.ts';
import { densityProblem, densityRefusal } from '../experiments/density.ts';
import type { Prepared } from '../experiments/prepare.ts';
import { Field } from '../views/field.ts';
import { FieldCanvas } from '../views/field-canvas.ts';
import type { ThemeName } from '../views/palette.ts';
import { PAGE_PLATFORM } from './platform.ts';
import { axisName } from './words.ts';

/** Cells along an axis; room for the cloud to grow; decades of density that colours span. */
const GRID = { cells: 128, leftOut: 1e-4, room: 0.6 }, DECADES = 4;
/** Milliseconds between two pictures. */
const REST = 250;

export class DensityPlot {
  private solver: WorkerDensity | null = null;
  private problem: DensityProblem | null = null;
  private view: Field<Float64Array | Float32Array> | null = null;
  private aim = 0;
  private going = false;

  constructor(private readonly figure: HTMLElement, private readonly title: HTMLElement, private readonly host: HTMLElement, private theme: ThemeName) {}

  /** Another run: a density of its own, where there is one. */
  begin({ config, problem, encoding }: Prepared): void {
    this.end();
    const none = densityRefusal(config, problem) !== null || config.initial.antithetic;
    this.figure.hidden = none;
    if (none) return;
    const [across, up] = [1, 0].map((component) => axisName(component, encoding.inputs, false));
    this.problem = densityProblem(config, problem, GRID);
    this.solver = new WorkerDensity(PAGE_PLATFORM.cpu.spawn!, this.problem);
    const view = (this.view = new Field(this.host, { theme: this.theme, xLabel: across, yLabel: up, valueLabel: 'log₁₀ ρ' }, (canvas) => new FieldCanvas(canvas)));
    view.describe(`Density of neurons by ${across} and ${up}, from the mean-field PDE`);
    this.aim = 0;
    void this.follow(0);
  }

  /** The cloud has come to time t. */
  async follow(t: number): Promise<void> {
    this.aim = t;
    const { solver } = this;
    if (this.going || !solver) return;
    this.going = true;
    try {
      do {
        const until = performance.now() + REST;
        while (solver.t < this.aim && performance.now() < until) await solver.approach(this.aim);
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
    this.theme = theme;
    this.view?.setOptions({ theme });
  }

  private draw(mass: Float64Array, t: number): void {
    const { problem, view } = this;
    if (!problem || !view || mass.length !== problem.mass.length) return;
    const { w1, w0 } = problem, area = widthOf(w1) * widthOf(w0);
    const densities = mass.map((value) => Math.log10(Math.max(value / area, Number.MIN_VALUE))), top = densities.reduce((most, value) => Math.max(most, value), -Infinity);
    view.setRanges([w0.low, w0.high], [w1.low, w1.high], [top - DECADES, top]);
    view.setGrid(densities, GRID.cells);
    this.title.textContent = `Density ρ of the limit n → ∞ at t = ${t.toPrecision(4)}: the mean-field PDE on ${GRID.cells} × ${GRID.cells} cells`;
  }

  private end(): void {
    this.solver?.destroy();
    this.view?.destroy();
    this.solver = this.view = this.problem = null;
  }
}
