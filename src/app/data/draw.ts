/** Points drawn by hand: (x, y) for one input, or (x1, x2) with a target value for two. */
import type { ThemeName } from '../../views/palette.ts';
import { extent, type Range } from '../../views/plots/frame.ts';
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { span } from '../../views/field/value-colour.ts';
import { PointPlot } from '../../views/plots/points.ts';
import { bindDrawing } from './drawing.ts';
import { checkField, radioField } from '../settings/fields.ts';
import { sentenceOf } from '../cloud/words.ts';
import { PointTable } from './point-table.ts';
import { Points, type Point } from './points.ts';
import { useData } from './use.ts';
import type { Way } from './way.ts';
import { say } from '../say.ts';

type Inputs = 'one' | 'two';

const NAMES = { one: ['x', 'y'], two: ['x1', 'x2', 'y'] } as const;
/** Milliseconds without a change before points train by themselves. */
const PATIENCE = 300;

export class DrawWay implements Way {
  private inputs: Inputs = 'one';
  private readonly lists = { one: new Points(), two: new Points() };
  private chosen = -1;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private readonly area = make('div', 'plot data-drawing');
  private readonly plot: PointPlot;
  private readonly value = make('input', '');
  private readonly valueRow = make('div', 'data-value');
  private readonly live = checkField(say('Train while I draw'), false, (on) => this.goLive(on));
  private readonly undo = button(say('Undo'), () => this.edit(() => this.points.undo()));
  private readonly clear = button(say('Clear'), () => this.edit(() => this.points.clear()));
  private readonly use = button(say('Use these points'), () => this.page.act(() => this.train()));
  private readonly state = make('p', 'data-state');
  private readonly table: PointTable;

  constructor(
    private readonly host: HTMLElement,
    private readonly page: Page,
  ) {
    const buttons = make('div', 'data-buttons');
    this.table = new PointTable((edit) => this.edit(() => edit(this.points)));
    this.use.className = 'data-use';
    this.state.setAttribute('role', 'status');
    buttons.append(this.use, this.undo, this.clear);
    this.host.append(
      radioField<Inputs>(
        say('Inputs'),
        { one: say('one: points (x, y)'), two: say('two: points (x1, x2) with a target y') },
        this.inputs,
        (inputs) => this.turn(inputs),
      ),
      this.targets(),
      this.area,
      buttons,
      this.live.row,
      this.state,
      this.table.element,
    );
    this.plot = new PointPlot(this.area, page.theme); // where it stands: it has its size at once
    bindDrawing(this.area, this.plot, {
      begin: (at, place) =>
        this.edit(() => (at < 0 ? this.points.add(this.pointAt(place)) : (this.chosen = at)), at < 0),
      drag: (place, going) =>
        this.edit(() =>
          this.points.set(
            this.chosen,
            { ...this.pointAt(place), value: this.points.all[this.chosen].value },
            going,
          ),
        ),
      remove: (at) => this.remove(at < 0 ? this.chosen : at),
      undo: () => this.edit(() => this.points.undo()),
      nudge: (x, y) => this.nudge(x, y),
    });
    this.changed();
  }

  show(): void {
    this.draw();
  }

  setTheme(theme: ThemeName): void {
    this.plot.setOptions({ theme });
  }

  private get points(): Points {
    return this.lists[this.inputs];
  }

  /** Target of the next point of two inputs. */
  private targets(): HTMLElement {
    const label = make('label', '');
    const output = make('output', '', '1');
    Object.assign(this.value, { type: 'range', min: '-1', max: '1', step: '0.1', value: '1' });
    const show = (): void => void (output.textContent = this.value.value.replace('-', '−'));
    const set = (value: string): void => {
      this.value.value = value;
      show();
    };
    this.value.addEventListener('input', show);
    label.append(make('span', '', say('target y of the next point')), this.value);
    this.valueRow.append(
      label,
      output,
      button('+1', () => set('1')),
      button('−1', () => set('-1')),
    );
    this.valueRow.hidden = true;
    return this.valueRow;
  }

  private goLive(on: boolean): void {
    this.changed();
    if (on && !this.page.still) this.page.act(() => this.page.session.play());
  }

  private turn(inputs: Inputs): void {
    this.inputs = inputs;
    this.chosen = -1;
    this.valueRow.hidden = inputs === 'one';
    this.changed();
  }

  /** To a thousandth, finer than a pixel. */
  private pointAt([x, y]: readonly [number, number]): Point {
    const round = (value: number): number => Math.round(value * 1000) / 1000;
    return { x: round(x), y: round(y), value: this.inputs === 'one' ? 0 : this.value.valueAsNumber };
  }

  private remove(at: number): void {
    if (at >= 0 && at < this.points.all.length) this.edit(() => this.points.remove(at));
    this.chosen = -1;
    this.draw();
  }

  private nudge(x: number, y: number): void {
    const point = this.points.all[this.chosen] as Point | undefined;
    const [across, up] = this.ranges();
    if (!point) return;
    const moved = this.pointAt([
      point.x + (x * (across[1] - across[0])) / 100,
      point.y + (y * (up[1] - up[0])) / 100,
    ]);
    this.edit(() => this.points.set(this.chosen, { ...moved, value: point.value }));
  }

  /** `changes`: else a point was only chosen. A new point is the chosen one. */
  private edit(work: () => void, changes = true): void {
    const before = this.points.all.length;
    try {
      work();
    } catch (error) {
      return this.page.tell(sentenceOf(error));
    }
    const last = this.points.all.length - 1;
    this.chosen = last >= before ? last : Math.min(this.chosen, last);
    if (changes) this.changed();
    else this.draw();
  }

  private changed(): void {
    const { all, canUndo } = this.points;
    this.undo.disabled = !canUndo;
    this.clear.disabled = this.use.disabled = all.length === 0;
    this.state.textContent =
      all.length === 0
        ? say('No points yet.')
        : all.length === 1
          ? say('1 point.')
          : say('{count} points.', { count: all.length });
    this.table.show(all, NAMES[this.inputs]);
    this.draw();
    clearTimeout(this.waiting);
    if (this.live.input.checked && all.length > 0)
      this.waiting = setTimeout(() => this.page.act(() => this.train()), PATIENCE);
  }

  /** Usual ranges, wider where the table has a point outside. */
  private ranges(): readonly [Range, Range] {
    const { all } = this.points;
    const wide = (values: number[]): Range =>
      values.every((value) => Math.abs(value) <= 1) ? [-1, 1] : extent([-1, 1, ...values]);
    return [wide(all.map(({ x }) => x)), wide(all.map(({ y }) => y))];
  }

  private draw(): void {
    const { all } = this.points;
    const [across, up] = NAMES[this.inputs];
    const values = this.inputs === 'two' ? all.map(({ value }) => value) : null;
    const dots = { x: all.map(({ x }) => x), y: all.map(({ y }) => y), values };
    this.plot.show(
      {
        dots,
        ranges: this.ranges(),
        valueRange: span([-1, 1, ...(values ?? [])]),
        names: [across, up],
        chosen: this.chosen,
      },
      say('{count} drawn points, {y} over {x}', { count: all.length, y: up, x: across }),
    );
  }

  private train(): Promise<void> {
    clearTimeout(this.waiting);
    const { all } = this.points;
    const one = this.inputs === 'one';
    return useData(this.page, {
      data: {
        inline: {
          x: all.map(({ x, y }) => (one ? [x] : [x, y])),
          y: all.map(({ y, value }) => (one ? y : value)),
          title: say('Points drawn by hand'),
        },
      },
      notice: '',
    });
  }
}
