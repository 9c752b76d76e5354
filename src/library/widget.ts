/**
 * mckean/widget: the cloud in a notebook, after anywidget's protocol: one module whose default export has `render`.
 * It comes as a text without an address, so that there are no workers: a GPU computes, or this thread. The Python
 * class beside it is python/mckean_widget.py.
 *
 * @module mckean/widget
 */
import { PAGE_PLATFORM } from '../app/platform.ts';
import type { ConfigInput } from '../core/config/config.ts';
import type { Platform } from '../engines/select.ts';
import { MckeanCloud } from './cloud.ts';

/** What anywidget hands over; binary traits are DataViews. */
export interface WidgetModel {
  /** The value of a trait. */
  get(name: string): unknown;
  /** Changes a trait here. */
  set(name: string, value: unknown): void;
  /** Sends what `set` has changed to Python. */
  save_changes(): void;
  /** Hears `change:TRAIT`. */
  on(event: string, listener: () => void): void;
  /** Hears it no more. */
  off(event: string, listener: () => void): void;
}

class WidgetCloud extends MckeanCloud {
  protected override platform(): Platform {
    return { ...PAGE_PLATFORM, cpu: {} };
  }
}

const NAME = 'mckean-widget-cloud';
/** Traits that say what is computed. */
const ASKED = ['preset', 'configuration', 'rows', 'x', 'y', 'engine'];
/** Numbers of a row of the history: step, t, loss. */
const COLUMNS = 3;

/**
 * Shows a model's cloud in `el`; what it returns takes it away. Traits read: `preset`, `configuration`, `engine`, `theme`,
 * `playing`, and `x`, `y` with `rows` as float64. Traits written where the cloud stands: `theta`, float64 [n, c + d]
 * with its `shape`; `history`, float64 rows of step, t, loss; `error`, a sentence.
 */
function render({ model, el }: { model: WidgetModel; el: HTMLElement }): () => void {
  if (!customElements.get(NAME)) customElements.define(NAME, WidgetCloud);
  const cloud = document.createElement(NAME) as WidgetCloud;
  let rows: number[] = [];
  const note = (): void => {
    const { step, t, loss } = cloud.metrics();
    if (rows.at(-COLUMNS) !== step) rows.push(step, t, loss);
  };
  /** θ [n, c + d] and the rows so far, where the cloud stands. */
  const tell = async (): Promise<void> => {
    const { data, shape } = await cloud.theta();
    model.set('theta', new DataView(Float64Array.from(data).buffer));
    model.set('shape', [...shape]);
    model.set('history', new DataView(Float64Array.from(rows).buffer));
    model.save_changes();
  };
  const say = (error: string): void => {
    if (model.get('error') === error) return;
    model.set('error', error);
    model.save_changes();
  };
  const ask = (): void => {
    rows = [];
    say('');
    for (const [name, value] of Object.entries(attributesOf(model)))
      if (value === null) cloud.removeAttribute(name);
      else cloud.setAttribute(name, value);
  };
  const look = (): void => cloud.setAttribute('theme', String(model.get('theme')));
  const play = (): void => {
    if (model.get('playing') === true) void cloud.play();
    else void cloud.pause().then(tell);
  };
  const over = (): void => {
    model.set('playing', false);
    void tell();
  };
  const refuse = ({ detail }: Event & { detail?: unknown }): void =>
    say(detail instanceof Error ? detail.message : String(detail));
  ask();
  look();
  cloud.toggleAttribute('paused', model.get('playing') !== true);
  for (const name of ASKED) model.on(`change:${name}`, ask);
  model.on('change:theme', look);
  model.on('change:playing', play);
  cloud.addEventListener('step', note);
  cloud.addEventListener('finish', over);
  cloud.addEventListener('error', refuse);
  el.append(cloud);
  return () => {
    for (const name of ASKED) model.off(`change:${name}`, ask);
    model.off('change:theme', look);
    model.off('change:playing', play);
    cloud.remove();
  };
}

function attributesOf(model: WidgetModel): Record<'preset' | 'config' | 'engine', string | null> {
  const config = { ...(model.get('configuration') as ConfigInput | null), ...dataOf(model) };
  return {
    preset: (model.get('preset') as string | null) || null,
    config: Object.keys(config).length > 0 ? JSON.stringify(config) : null,
    engine: String(model.get('engine')),
  };
}

/** Data as float64: `rows` m of x [m, columns] and of y [m] or [m, c]. */
function dataOf(model: WidgetModel): Pick<ConfigInput, 'data'> {
  const [x, y] = [numbersOf(model.get('x')), numbersOf(model.get('y'))];
  if (x.length === 0 || y.length === 0) return {};
  const rows = Number(model.get('rows'));
  const c = y.length / rows;
  return {
    data: { inline: { x: rowsOf(x, rows), y: c === 1 ? [...y] : rowsOf(y, rows) } },
  };
}

function numbersOf(view: unknown): Float64Array {
  if (!(view instanceof DataView)) return new Float64Array();
  return new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

const rowsOf = (values: Float64Array, rows: number): number[][] =>
  Array.from({ length: rows }, (_, k) => [
    ...values.subarray((k * values.length) / rows, ((k + 1) * values.length) / rows),
  ]);

/** What anywidget looks for. */
export default { render };
