/** The cloud in numbers, for those who cannot see it: its largest neurons, and quantiles of each component. */
import { short } from '../../core/words/short.ts';
import { outerSquare, shapeOf } from '../../core/shape.ts';
import { quantiles } from '../../core/analysis/histogram.ts';
import type { ParticleSample } from '../../engines/engine.ts';
import type { ThemeName } from '../../views/palette.ts';
import { make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import { componentsOf, innerNorm, valuesOf, type Component } from './components.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import './figures.css';
import { say } from '../say.ts';

/** Neurons that are copied for it, and those that are listed. */
const MOST = 2 ** 14;
const LISTED = 20;
const SHARES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
const SHARE_NAMES = [say('least'), '5 %', '25 %', say('median'), '75 %', '95 %', say('greatest')];

interface Shown {
  /** What neurons are sorted by. */
  readonly size: string;
  readonly names: readonly string[];
  /** The same, as files have them. */
  readonly columns: readonly string[];
  /** By |w1| |w0|, or |w0| where there is no w1, the largest first: number, components (components.ts), |b|. */
  readonly neurons: readonly {
    readonly row: number;
    readonly theta: readonly number[];
    readonly speed: number;
  }[];
  /** quantile[component][share]. */
  readonly spread: readonly (readonly number[])[];
}

export class NeuronsFigure implements Figure {
  private readonly turns = new Turns(0.1, 1000);
  private readonly largest = frame(say('Largest neurons'));
  private readonly spread = frame(say('Quantiles'));
  private shown: Shown | null = null;

  constructor(
    { body, title }: FigurePlace,
    private readonly page: Page,
  ) {
    title(say('The cloud in numbers'));
    body.append(this.largest.scroll, this.spread.scroll);
    this.fill(null);
  }

  begin(): void {
    this.shown = null;
    this.turns.hurry();
    this.advance();
  }

  advance(): void {
    const { session } = this.page;
    void this.turns
      .take(
        (work) => session.ask(work),
        async () => {
          const { engine, prepared } = session;
          const sample = await engine!.sample(MOST);
          if (engine !== session.engine) return;
          this.shown = describe(sample, componentsOf(sample, prepared!.encoding, this.page.cloud.axes));
          const { n } = prepared!.problem;
          const of =
            sample.n < n
              ? say('of {some} of {n} neurons', {
                  some: sample.n.toLocaleString('en'),
                  n: n.toLocaleString('en'),
                })
              : say('of {n} neurons', { n: n.toLocaleString('en') });
          this.largest.caption.textContent = say(
            'The {count} with the largest {size} {of} at step {step}; |b| is the speed at the start of the last step',
            {
              count: this.shown.neurons.length,
              size: this.shown.size,
              of,
              step: engine!.step.toLocaleString('en'),
            },
          );
          this.spread.caption.textContent = say('Quantiles {of}', { of });
          this.fill(this.shown);
        },
      )
      .catch(() => undefined);
  }

  rest(): void {
    this.turns.hurry();
    this.advance();
  }

  /** Tables are of the theme's ink. */
  setTheme(_theme: ThemeName): void {}

  table(): Table | null {
    const { shown } = this;
    return (
      shown && {
        neuron: shown.neurons.map(({ row }) => row),
        ...Object.fromEntries(
          shown.columns.map((name, c) => [name, shown.neurons.map(({ theta }) => theta[c])]),
        ),
        '|b|': shown.neurons.map(({ speed }) => speed),
      }
    );
  }

  /** Nothing is held. */
  destroy(): void {}

  private fill(shown: Shown | null): void {
    const names = shown?.names ?? [];
    fillTable(
      this.largest.table,
      [say('neuron'), ...names, '|b|'],
      (shown?.neurons ?? []).map(({ row, theta, speed }) => [String(row), ...theta.map(short), short(speed)]),
    );
    fillTable(
      this.spread.table,
      [say('component'), ...SHARE_NAMES],
      (shown?.spread ?? []).map((values, c) => [names[c], ...values.map(short)]),
    );
  }
}

/** A table that scrolls within the figure, by keys, too. */
function frame(title: string): { scroll: HTMLElement; table: HTMLTableElement; caption: HTMLElement } {
  const scroll = make('div', 'scroll');
  const table = make('table', '');
  const caption = make('caption', '', say('{title}: nothing yet', { title }));
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', title);
  table.append(caption, make('thead', ''), make('tbody', ''));
  scroll.append(table);
  return { scroll, table, caption };
}

function fillTable(
  { tHead, tBodies }: HTMLTableElement,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const cells = (texts: readonly string[], scope: (i: number) => 'col' | 'row' | null): HTMLElement => {
    const line = make('tr', '');
    line.append(
      ...texts.map((text, i) => {
        const cell = make(scope(i) ? 'th' : 'td', '', text);
        const of = scope(i);
        if (of) cell.setAttribute('scope', of);
        return cell;
      }),
    );
    return line;
  };
  tHead!.replaceChildren(cells(header, () => 'col'));
  tBodies[0].replaceChildren(...rows.map((row) => cells(row, (i) => (i === 0 ? 'row' : null))));
}

function describe(sample: ParticleSample, components: readonly Component[]): Shown {
  const { theta, speed, rows, n, ...sized } = sample;
  const shape = shapeOf(sized);
  const { weights, width } = shape;
  const outer = (row: number): number => (weights > 0 ? Math.sqrt(outerSquare(theta, row, shape)) : 1);
  const size = Float64Array.from(
    { length: n },
    (_, j) => outer(j * width) * innerNorm(theta, j * width, sized),
  );
  const order = Array.from(rows.keys())
    .sort((p, q) => size[q] - size[p])
    .slice(0, LISTED);
  return {
    size: weights > 0 ? '|w1| |w0|' : '|w0|',
    names: components.map(({ name }) => name),
    columns: components.map(({ column }) => column),
    neurons: order.map((j) => ({
      row: rows[j],
      theta: components.map(({ of }) => of(theta, j * width)),
      speed: speed[j],
    })),
    spread: components.map((component) => quantiles(valuesOf(component, theta, sized).sort(), SHARES)),
  };
}
