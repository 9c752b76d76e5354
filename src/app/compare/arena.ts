/** The place of the other run's cloud beside the page's own, and a caption over each. */
import { NO_PICTURE } from '../cloud/picture.ts';
import { make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import type { Session } from '../run/session.ts';
import { PageCloud } from '../cloud/page-cloud.ts';
import type { Twin } from './twin.ts';
import { say } from '../say.ts';

/** Milliseconds between two readings: figures that change faster cannot be read. */
const PAUSE = 150;
/** Below, an R² is given by its size alone. */
const LEGIBLE = -100;

export class Arena {
  private readonly canvas = document.getElementById('cloud')!.parentElement!;
  private readonly place = make('div', 'twin-cloud');
  private readonly key = make('div', 'twin-key');
  private readonly captions = [new Caption('own'), new Caption('other')] as const;
  private readonly cloud: PageCloud;
  private readonly off = new AbortController();
  private waiting: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly page: Page,
    private readonly twin: Twin,
  ) {
    const half = make('div', 'twin-half');
    this.place.setAttribute('role', 'group');
    half.append(this.place, this.key);
    this.canvas.append(this.captions[0].element, this.captions[1].element, half);
    this.canvas.classList.add('twins');
    this.cloud = new PageCloud(this.place, this.key, page.cloud);
    const on = (target: EventTarget, event: string, work: () => void): void =>
      target.addEventListener(event, work, { signal: this.off.signal });
    on(twin.session.events, 'replaced', () => page.act(() => this.show()));
    on(twin.session.events, 'advanced', () => this.advance());
    for (const event of ['state', 'advanced', 'replaced'])
      on(page.session.events, event, () => this.readSoon());
    on(twin.session.events, 'state', () => this.readSoon());
    on(page.twin.events, 'changed', () => this.readSoon());
  }

  close(): void {
    this.off.abort();
    clearTimeout(this.waiting ?? undefined);
    this.cloud.destroy();
    this.canvas.classList.remove('twins');
    this.place.parentElement!.remove();
    for (const { element } of this.captions) element.remove();
  }

  private async show(): Promise<void> {
    const { engine, prepared } = this.twin.session;
    if (engine && prepared && !this.off.signal.aborted)
      await this.cloud.show(engine, prepared.encoding, NO_PICTURE);
    this.readSoon();
  }

  private advance(): void {
    void this.cloud.refresh();
    this.cloud.showKey();
    this.readSoon();
  }

  private readSoon(): void {
    this.waiting ??= setTimeout(() => {
      this.waiting = null;
      this.read();
    }, PAUSE);
  }

  private read(): void {
    const { run } = this.page.twin;
    const [own, other] = this.captions;
    if (this.page.session.engine) own.show(run?.ownName ?? say('this run'), this.page.session);
    if (this.twin.session.engine) other.show(run?.name ?? say('the other'), this.twin.session);
    this.place.setAttribute('aria-label', say('Cloud of the other run: {name}', { name: run?.name ?? '' }));
  }
}

/** What a run is, and where it stands. */
class Caption {
  readonly element = make('div', 'twin-caption');
  private readonly name = make('b', '');
  private readonly figures = make('span', '');

  constructor(of: 'own' | 'other') {
    this.element.classList.add(of);
    this.element.append(this.name, this.figures);
  }

  show(name: string, session: Session): void {
    const { t, loss } = session.metrics();
    const { r2 } = session;
    const failed =
      session.state === 'error'
        ? session.notice
        : say('t {t} · loss {loss}{r2}', { t: short(t), loss: short(loss), r2: fitText(r2) });
    if (this.name.textContent !== name) this.name.textContent = name;
    if (this.figures.textContent !== failed) this.figures.textContent = failed;
  }
}

const short = (value: number): string => String(+value.toPrecision(4)).replaceAll('-', '−');
const fitText = (r2: number): string =>
  Number.isNaN(r2) ? '' : ` · R² ${r2 > LEGIBLE ? r2.toFixed(3).replace('-', '−') : short(r2)}`;
