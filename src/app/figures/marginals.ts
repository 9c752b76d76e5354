/**
 * Marginals of the cloud: a histogram of each component of the neurons now, and that of the start as an
 * outline.
 */
import { histogram, rangeOf, type Histogram } from '../../core/analysis/histogram.ts';
import { HistogramPlot } from '../../views/plots/histogram.ts';
import type { Axes } from '../../views/cloud/cloud.ts';
import type { ThemeName } from '../../views/palette.ts';
import { make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import { componentsOf, valuesOf, type Component } from './components.ts';
import type { Figure, FigurePlace, Table } from './figure.ts';
import './figures.css';
import { startOf } from './start.ts';
import { say } from '../say.ts';

/** Neurons that are copied for it, bins, and the share of neurons beyond either end of an axis. */
const MOST = 2 ** 14;
const BINS = 48;
const BEYOND = 1e-3;

interface Part {
  readonly component: Component;
  readonly plot: HistogramPlot;
  shown: { readonly now: Histogram; readonly start: Histogram } | null;
}

export class MarginalsFigure implements Figure {
  private readonly turns = new Turns(0.1, 1000);
  private parts: Part[] = [];
  /** Of the cloud, when the parts were made. */
  private axes: Axes | null = null;

  constructor(
    private readonly place: FigurePlace,
    private readonly page: Page,
  ) {}

  begin(): void {
    this.destroy();
    const { session, cloud } = this.page;
    const { problem, encoding } = session.prepared!;
    this.axes = cloud.axes;
    this.parts = componentsOf(problem, encoding, cloud.axes).map((component) => {
      const host = make('div', 'figure-part');
      this.place.body.append(host);
      const plot = new HistogramPlot(host, {
        theme: this.page.theme,
        xLabel: component.name,
        yLabel: say('density'),
      });
      plot.describe(
        say('Histogram of {name} over the neurons, now as bars and at the start as an outline', {
          name: component.name,
        }),
      );
      return { component, plot, shown: null };
    });
    this.turns.hurry();
    this.advance();
  }

  advance(): void {
    const { session, cloud } = this.page;
    if (cloud.axes !== this.axes) return this.begin();
    const { parts } = this;
    void this.turns
      .take(
        (work) => session.ask(work),
        async () => {
          const { engine, prepared } = session;
          const sample = await engine!.sample(MOST);
          if (parts !== this.parts) return;
          const start = startOf(prepared!.problem, sample.rows);
          for (const part of parts)
            this.update(
              part,
              valuesOf(part.component, sample.theta, sample),
              valuesOf(part.component, start, sample),
            );
          const { n } = prepared!.problem;
          const of = sample.n < n ? say(', of {n} of the neurons', { n: sample.n.toLocaleString('en') }) : '';
          this.place.title(
            say('Marginals at step {step} as bars, at step 0 as an outline{of}', {
              step: engine!.step.toLocaleString('en'),
              of,
            }),
          );
        },
      )
      .catch(() => undefined);
  }

  private update(part: Part, now: Float32Array, start: Float32Array): void {
    const range = rangeOf([now, start], BEYOND);
    part.shown = { now: histogram(now, range, BINS), start: histogram(start, range, BINS) };
    part.plot.show({ range, now: part.shown.now.density, start: part.shown.start.density });
  }

  rest(): void {
    this.turns.hurry();
    this.advance();
  }

  setTheme(theme: ThemeName): void {
    for (const { plot } of this.parts) plot.setOptions({ theme });
  }

  /** A row for each bin of each component; densities are shares of the neurons a unit of the component. */
  table(): Table | null {
    const rows = this.parts.flatMap(({ component, shown }) =>
      shown
        ? Array.from(shown.now.density, (now, i) => {
            const { low, high } = shown.now;
            const width = (high - low) / BINS;
            return {
              component: component.column,
              from: low + i * width,
              to: low + (i + 1) * width,
              now,
              start: shown.start.density[i],
            };
          })
        : [],
    );
    if (rows.length === 0) return null;
    return {
      component: rows.map((row) => row.component),
      from: rows.map((row) => row.from),
      to: rows.map((row) => row.to),
      now: rows.map((row) => row.now),
      start: rows.map((row) => row.start),
    };
  }

  destroy(): void {
    for (const { plot } of this.parts) plot.destroy();
    this.parts = [];
    this.place.body.replaceChildren();
  }
}
