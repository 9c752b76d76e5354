/** The input that a person looks at over the picture of f: where the pointer is, or as keys choose it. */
import { isolatedName } from '../../core/words/cut.ts';
import type { Encoding } from '../../experiments/data/encoding.ts';
import type { FitView } from '../figures/fit-view.ts';
import { make } from '../shell/dom.ts';
import { inputAt } from './over-fit.ts';
import { say } from '../say.ts';

/** Steps of a range from end to end. */
const STEPS = 100;

export class Probe {
  private readonly element = make('div', 'probes');
  private view: FitView | null = null;
  private host: HTMLElement | null = null;
  private off = new AbortController();

  /** `changed` is told the raw input [k], or null for none. */
  constructor(private readonly changed: (input: Float64Array | null) => void) {}

  /** Another picture of f, in that place. */
  bind(view: FitView | null, host: HTMLElement | null, encoding: Encoding): void {
    if (view === this.view) return;
    this.view = view;
    this.off.abort();
    this.off = new AbortController();
    this.element.remove();
    this.host = host;
    if (!view || !host) return;
    const { signal } = this.off;
    host.addEventListener('pointermove', (event) => this.point(event), { signal });
    host.addEventListener('pointerdown', (event) => this.point(event), { signal });
    host.addEventListener('pointerleave', () => this.changed(null), { signal });
    this.element.replaceChildren(...this.ranges(view, encoding));
    host.append(this.element);
  }

  private point({ clientX, clientY }: PointerEvent): void {
    const { left, top } = this.host!.getBoundingClientRect();
    const { clientLeft, clientTop } = this.host!;
    this.changed(inputAt(this.view!, clientX - left - clientLeft, clientY - top - clientTop));
  }

  /** A range for each input that has an axis, or one over the rows. */
  private ranges(view: FitView, { inputs }: Encoding): HTMLElement[] {
    const { form, shown, frame } = view;
    const rows = shown.x.length / shown.inputs;
    const byRow = form === 'scatter' || form === 'along';
    const names = byRow ? [say('sample')] : inputs.map(isolatedName);
    const fields = names.map((name) => {
      const field = make('input', '');
      Object.assign(field, { type: 'range', min: '0', max: String(byRow ? rows - 1 : STEPS) });
      field.value = String(byRow ? 0 : STEPS / 2);
      const label = make('label', '', say('Look at f: {name}', { name }));
      label.append(field);
      return { label, field };
    });
    const choose = (): void => {
      const places = fields.map(({ field }) => Number(field.value));
      const ends = [frame.x, frame.y];
      const along = (k: number): number => ends[k][0] + ((ends[k][1] - ends[k][0]) * places[k]) / STEPS;
      const k = shown.inputs;
      this.changed(
        byRow
          ? shown.x.slice(places[0] * k, (places[0] + 1) * k)
          : Float64Array.from(names, (_, axis) => along(axis)),
      );
    };
    for (const { field } of fields) {
      field.addEventListener('input', choose);
      field.addEventListener('focus', () => field.matches(':focus-visible') && choose());
      field.addEventListener('blur', () => this.changed(null));
    }
    return fields.map(({ label }) => label);
  }
}
