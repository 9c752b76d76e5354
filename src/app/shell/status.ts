/** The line of figures at the foot of the page. */
import type { Session } from '../run/session.ts';

const REFRESH = 250;

export class Status {
  private last = 0;
  private readonly cells = new Map<string, Text>();

  constructor(private readonly element: HTMLElement) {}

  /** Redraws at most a few times a second, unless `now`. */
  show(session: Session, renderer: string, now = false): void {
    const time = performance.now();
    if (!session.engine || (!now && time - this.last < REFRESH)) return;
    this.last = time;
    const { step, t, loss, n, m, d, adapter, method, precision } = session.metrics();
    const rate = session.pace.rate;
    const rows: [string, string][] = [
      ['step', step.toLocaleString('en')],
      ['t', t.toPrecision(4)],
      ['loss', loss.toPrecision(4)],
      ['R²', Number.isNaN(session.r2) ? '–' : session.r2.toFixed(3)],
      ['neurons n', n.toLocaleString('en')],
      ['samples m', m.toLocaleString('en')],
      ['inputs d', String(d)],
      ['steps/s', rate > 0 ? short(rate) : '–'],
      ['pairs/s', rate > 0 ? short(rate * n * m) : '–'],
      ['computes', `${adapter}, ${method}, ${precision}`],
      ['draws', renderer],
    ];
    for (const [name, value] of rows) this.write(name, value);
  }

  private write(name: string, value: string): void {
    const text = this.cells.get(name) ?? this.cell(name);
    if (text.data !== value) text.data = value;
  }

  private cell(name: string): Text {
    const span = document.createElement('span');
    const bold = document.createElement('b');
    const text = document.createTextNode('');
    bold.append(text);
    span.append(`${name} `, bold);
    this.element.append(span);
    this.cells.set(name, text);
    return text;
  }
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
