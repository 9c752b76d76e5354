/**
 * The velocity field b(θ, ρ) over the plane in which the cloud is drawn, with the present residual: where a
 * neuron would be pushed from each point.
 */
import { shapeOf } from '../../core/shape.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import { residual } from '../../core/model.ts';
import { velocityOn, type PlaneVelocity } from '../../experiments/velocity-plane.ts';
import { Heat } from '../../views/field/heat.ts';
import type { ThemeName } from '../../views/palette.ts';
import type { PlotFrame, Range } from '../../views/plots/frame.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import { axisName } from '../cloud/words.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import './figures.css';
import { say } from '../say.ts';
import { asWritten } from '../../words/say.ts';

/** Points along a side of the grid, an odd number so that 0 is one; inner dimensions that a plane can show. */
const SIDE = 21;
const MOST_D = 2;
/** Decades of speed that colours span. */
const DECADES = 3;
/** Length of an arrow in grid spacings, and of its head in that of the arrow. */
const ARROW = 0.8;
const HEAD = 0.35;
/** Neurons whose output weights tell where the plane lies. */
const SAMPLE = 2 ** 10;
/** Fixed components that are named one by one. */
const FEW = 4;

export class VelocityFigure implements Figure {
  private readonly turns = new Turns(0.1, 500);
  private heat: Heat | null = null;
  private grid: PlaneVelocity | null = null;

  constructor(
    private readonly place: FigurePlace,
    private readonly page: Page,
  ) {}

  begin(): void {
    this.destroy();
    const { c, d, width } = shapeOf(this.page.session.prepared!.problem);
    const shows = c === 1 && d <= MOST_D && width > 1;
    this.place.applies(shows);
    if (!shows) return;
    this.heat = new Heat(
      this.place.body,
      { theme: this.page.theme, xLabel: '', yLabel: '', valueLabel: 'log₁₀ |b|' },
      (frame) => this.arrows(frame),
    );
    this.heat.describe(say('Velocity b as arrows over its size as colours'));
    this.turns.hurry();
    this.advance();
  }

  advance(): void {
    const {
      heat,
      page: { session, cloud },
    } = this;
    if (!heat) return;
    void this.turns
      .take(
        (work) => session.ask(work),
        async () => {
          const { engine, prepared } = session;
          const { problem, encoding } = prepared!;
          const [f, sample] = await Promise.all([engine!.f(), engine!.sample(SAMPLE)]);
          if (heat !== this.heat) return;
          const [x, y] = cloud.plane;
          const { weights, width } = shapeOf(problem);
          const rest = Array.from({ length: width }, (_, c) => c).filter((c) => c !== x && c !== y);
          const fixed = new Float64Array(width);
          if (rest.includes(0) && weights > 0) fixed[0] = rmsOfW1(sample.theta, width);
          const r = new Float64Array(problem.m);
          const [right, top] = cloud.camera.scale;
          residual(r, f, problem.y, LOSSES[problem.loss]);
          this.grid = velocityOn(problem, r, {
            x,
            y,
            fixed,
            across: [-right, right],
            up: [-top, top],
            side: SIDE,
          });
          const size = say('{value}, its root mean square', { value: fixed[0].toPrecision(3) });
          const told = rest.length > FEW ? rest.filter((c) => c < weights) : rest;
          const where = told.map((c) => `${axisName(c, encoding)} = ${c < weights ? size : '0'}`);
          if (told.length < rest.length) where.push(say('all other components are 0'));
          this.place.title(
            say('Velocity b at step {step}, in units of θ a unit of time{where}', {
              step: engine!.step.toLocaleString('en'),
              where: where.length > 0 ? say(', where {where}', { where: where.join(say(' and ')) }) : '',
            }),
          );
          heat.setOptions({ xLabel: axisName(x, encoding), yLabel: axisName(y, encoding) });
          this.draw(heat, this.grid);
        },
      )
      .catch(() => undefined);
  }

  private draw(heat: Heat, { across, up, speed }: PlaneVelocity): void {
    const log = Float64Array.from(speed, (value) => Math.log10(Math.max(value, Number.MIN_VALUE)));
    const high = log.reduce((most, value) => Math.max(most, value), -Infinity);
    const half = (range: Range): number => (range[1] - range[0]) / (2 * (SIDE - 1)); // a cell about each point
    const wider = (range: Range): Range => [range[0] - half(range), range[1] + half(range)];
    heat.show({
      values: log,
      across: SIDE,
      x: wider(across),
      y: wider(up),
      range: [high - DECADES, high],
      smooth: true,
    });
  }

  private arrows({ context, toX, toY }: PlotFrame): void {
    const { grid } = this;
    if (!grid) return;
    const at = ([low, high]: Range, i: number): number => low + ((high - low) * i) / (SIDE - 1);
    const spacing = Math.min(
      Math.abs(toX(at(grid.across, 1)) - toX(at(grid.across, 0))),
      Math.abs(toY(at(grid.up, 1)) - toY(at(grid.up, 0))),
    );
    const every = Math.max(1, Math.ceil(11 / spacing));
    const length = ARROW * spacing * every;
    context.beginPath();
    for (let i = Math.floor(every / 2); i < SIDE; i += every) {
      for (let j = Math.floor(every / 2); j < SIDE; j += every) {
        const k = i * SIDE + j;
        const dx = toX(grid.b[2 * k]) - toX(0);
        const dy = toY(grid.b[2 * k + 1]) - toY(0);
        const size = Math.hypot(dx, dy);
        if (size > 0)
          arrow(
            context,
            toX(at(grid.across, j)),
            toY(at(grid.up, i)),
            (length * dx) / size,
            (length * dy) / size,
          );
      }
    }
    // A dark rim keeps the white arrows apart from the bright end of the map.
    for (const [colour, width] of [
      ['rgba(0, 0, 0, 0.65)', 3],
      ['#ffffff', 1.2],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    }
  }

  rest(): void {
    this.turns.hurry();
    this.advance();
  }

  setTheme(theme: ThemeName): void {
    this.heat?.setOptions({ theme });
  }

  /** A row for each point of the grid: where it is, b along the two axes, and |b| in all components. */
  table(): Table | null {
    const { grid } = this;
    if (!grid) return null;
    const { encoding } = this.page.session.prepared!;
    const [x, y] = this.page.cloud.plane.map((c) => axisName(c, encoding, asWritten));
    const along = ([low, high]: Range, i: number): number => low + ((high - low) * i) / (SIDE - 1);
    return {
      [x]: Float64Array.from(grid.speed, (_, k) => along(grid.across, k % SIDE)),
      [y]: Float64Array.from(grid.speed, (_, k) => along(grid.up, Math.floor(k / SIDE))),
      [`b along ${x}`]: Float64Array.from(grid.speed, (_, k) => grid.b[2 * k]),
      [`b along ${y}`]: Float64Array.from(grid.speed, (_, k) => grid.b[2 * k + 1]),
      '|b|': grid.speed,
    };
  }

  destroy(): void {
    this.heat?.destroy();
    this.heat = this.grid = null;
  }
}

function arrow(context: CanvasRenderingContext2D, x: number, y: number, dx: number, dy: number): void {
  const [tipX, tipY] = [x + dx / 2, y + dy / 2];
  context.moveTo(x - dx / 2, y - dy / 2);
  context.lineTo(tipX, tipY);
  context.moveTo(tipX - HEAD * (dx + 0.6 * dy), tipY - HEAD * (dy - 0.6 * dx));
  context.lineTo(tipX, tipY);
  context.lineTo(tipX - HEAD * (dx - 0.6 * dy), tipY - HEAD * (dy + 0.6 * dx));
}

/** Root mean square of w1 over θ [n, width]. */
function rmsOfW1(theta: Float32Array, width: number): number {
  let square = 0;
  for (let row = 0; row < theta.length; row += width) square += theta[row] ** 2;
  return Math.sqrt((square * width) / theta.length);
}
