/** The line of figures at the foot of the page. */
import { rowsTaken } from '../../core/dynamics/feed.ts';
import type { Session } from '../run/session.ts';
import { say } from '../say.ts';

const REFRESH = 250;

export class Status {
  private last = 0;
  private readonly cells = new Map<string, HTMLElement>();

  constructor(private readonly element: HTMLElement) {}

  /** Redraws at most a few times a second, unless `now`. */
  show(session: Session, renderer: string, now = false): void {
    const time = performance.now();
    if (!session.engine || (!now && time - this.last < REFRESH)) return;
    this.last = time;
    const { step, t, loss, n, m, adapter, method, precision } = session.metrics();
    const rate = session.pace.rate;
    const rows: [string, string][] = [
      [say('step'), step.toLocaleString('en')],
      ['t', t.toPrecision(4)],
      [say('loss'), loss.toPrecision(4)],
      ['R²', shareText(session.r2)],
      [say('neurons n'), n.toLocaleString('en')],
      [say('samples m'), m.toLocaleString('en')],
      [say('inputs'), String(session.prepared!.encoding.inputs.length)],
      [say('steps/s'), rate > 0 ? short(rate) : '–'],
      [say('pairs/s'), rate > 0 ? short(rate * n * rowsTaken(session.engine.problem)) : '–'],
      [say('computes'), `${adapter}, ${method}, ${precision}`],
      [say('draws'), renderer],
    ];
    for (const [name, value] of rows) this.write(name, value);
  }

  private write(name: string, value: string): void {
    const cell = this.cells.get(name) ?? this.cell(name);
    if (cell.textContent !== value) cell.textContent = value;
  }

  /** A translator puts other texts in place of those it finds: it is to leave what changes alone. */
  private cell(name: string): HTMLElement {
    const span = document.createElement('span');
    const bold = document.createElement('b');
    bold.translate = false;
    span.append(`${name} `, bold);
    this.element.append(span);
    this.cells.set(name, bold);
    return bold;
  }
}

/** R², which is far below 0 where f runs away. */
export function shareText(share: number): string {
  if (Number.isNaN(share)) return '–';
  const text = Math.abs(share) < 1000 ? share.toFixed(3) : share.toExponential(1);
  return text.replace(/^-(?=0\.0+$)/, '').replace('-', '−');
}

/** 1234567 as "1.23 M". */
export function short(value: number): string {
  const [scale, unit] = (
    [
      [1e9, ' G'],
      [1e6, ' M'],
      [1e3, ' k'],
    ] as const
  ).find(([limit]) => value >= limit) ?? [1, ''];
  return `${(value / scale).toPrecision(3)}${unit}`;
}
