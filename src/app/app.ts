/** The page: composition only. Session computes, cloud and figures draw, this file ties them together. */
import type { ConfigInput } from '../core/config/config.ts';
import { PRESETS, type Preset } from '../experiments/presets.ts';
import { Controls } from '../views/controls.ts';
import type { ThemeName } from '../views/palette.ts';
import { TwinSlot } from './compare/slot.ts';
import { caption, presetOf } from './cloud/caption.ts';
import { Rack } from './figures/rack.ts';
import { Header } from './shell/header.ts';
import { bindKeys } from './shell/keys.ts';
import type { Lecture } from './lecture/lecture.ts';
import { formatLink, parseLink } from './links/link.ts';
import { Looks } from './cloud/looks.ts';
import { Notice, type Offer } from './shell/notice.ts';
import { bindFiles, openFile } from './data/open.ts';
import { Opener } from './run/opening.ts';
import type { Page } from './page.ts';
import { panelEntries } from './settings/panel.ts';
import { PAGE_PLATFORM } from './platform.ts';
import { bindPrint } from './cloud/print.ts';
import { Session } from './run/session.ts';
import { Shelf } from './shell/shelf.ts';
import { Spoken } from './shell/spoken.ts';
import { PageCloud } from './cloud/page-cloud.ts';
import { Status } from './shell/status.ts';
import { Turns } from './run/turns.ts';
import { Undo } from './run/undo.ts';
import { reading, sentenceOf } from './cloud/words.ts';

const element = (id: string): HTMLElement => document.getElementById(id)!;

export class App implements Page {
  readonly platform = PAGE_PLATFORM;
  readonly opener = new Opener(this.platform);
  readonly session = new Session(this.opener);
  readonly still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  readonly cloud = new PageCloud(element('cloud'), element('legend'));
  readonly twin = new TwinSlot();
  private readonly link = parseLink(location.hash);
  readonly view = this.link.view;
  readonly rack: Rack = new Rack(element('figures'), element('below'), this);
  private readonly shelf = new Shelf(document.querySelector('main')!, this, () =>
    this.header.showOpen(this.shelf.open),
  );
  private readonly looks = new Looks(
    this.view,
    (theme) => this.setTheme(theme),
    () => this.linkChanged(),
  );
  private readonly deck = { page: this, shelf: this.shelf, looks: this.looks, undo: new Undo(this) };
  private readonly header = new Header(element('header'), this.deck);
  private readonly status = new Status(element('status'));
  private readonly limits = { lifted: false };
  private controls: Controls | null = null;
  private readonly panelTurns = new Turns(0.02, 1000);
  private message = this.link.notice;
  private offers: readonly Offer[] = [];
  private readonly notice = new Notice(element('notice'), () => {
    this.session.notice = '';
    this.tell('');
  });
  private busy = false;

  constructor() {
    bindKeys(this.deck);
    bindPrint(element('print'), this);
    new Spoken(element('spoken'), this.session);
    bindFiles(element('file') as HTMLInputElement, element('drop'), (file) =>
      this.act(() => openFile(file, this, this.shelf)),
    );
    this.session.events.addEventListener('replaced', () => this.act(() => this.showRun()));
    this.session.events.addEventListener('state', () => this.showState());
    this.session.events.addEventListener('advanced', () => this.advance());
    this.looks.begin();
    this.session.stopAt(this.view.stop);
    void this.rack.show();
  }

  /** Opens what the link asks for, and lets it play unless the person wants no motion. */
  async start(): Promise<void> {
    requestAnimationFrame(() => this.frame());
    try {
      await this.session.open(await this.firstInput());
      if (this.still) await this.session.pause();
      else await this.session.play();
    } catch (error) {
      throw this.session.fail(error);
    }
  }

  // --- Page
  // ---------------------------------------------------------------------------------------------------------

  get theme(): ThemeName {
    return this.cloud.theme;
  }

  tell(sentence: string, ...offers: Offer[]): void {
    this.message = sentence;
    this.offers = offers;
    this.showState();
  }

  act(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.tell(sentenceOf(error)));
  }

  linkChanged(): void {
    const link = this.session.prepared && formatLink(this.session.config(), this.view);
    if (link && link !== location.hash) history.replaceState(null, '', link); // browsers allow a few a second
  }

  // --- what the person sees
  // -----------------------------------------------------------------------------------------

  private showState(): void {
    const { session } = this;
    document.documentElement.dataset.state = session.state;
    this.header.showState(session.state);
    this.notice.show([this.message, session.notice, session.fallback], this.offers);
    this.status.show(session, this.cloud.drawing, true);
    this.linkChanged();
  }

  private async showRun(): Promise<void> {
    const { engine, prepared } = this.session;
    if (!engine || !prepared) return;
    const { config, encoding } = prepared;
    const known = presetOf(config);
    this.header.showPreset(known ?? '');
    element('summary').textContent = caption(prepared);
    await this.cloud.show(engine, encoding, known ? ((PRESETS[known] as Preset).reach ?? null) : null);
    this.showReading();
    this.showPanel();
    this.showState();
    await this.rack.begin();
  }

  private showReading(): void {
    element('reading').textContent = reading(this.session.prepared!.encoding, this.cloud.axes);
  }

  private showPanel(): void {
    const entries = panelEntries(this, this.limits, {
      configure: (partial) => this.act(() => this.session.configure(partial)),
      viewChanged: () => this.showReading(),
      entriesChanged: () => queueMicrotask(() => this.showPanel()), // not under the control that asks for it
    });
    if (this.controls) this.controls.setEntries(entries, this.limits.lifted);
    else
      this.controls = new Controls(element('panel'), entries, {
        title: 'Settings',
        theme: this.theme,
        closed: ['Start', 'View', 'Machine'],
      });
  }

  private setTheme(theme: ThemeName): void {
    this.header.showTheme(theme);
    this.cloud.set({ theme });
    this.rack.setTheme(theme);
    this.shelf.setTheme(theme);
    this.controls?.setTheme(theme);
  }

  // --- what the person brings
  // ---------------------------------------------------------------------------------------

  /**
   * What the link asks for: the chapter it names is opened, and brings its scene where the link has no
   * settings.
   */
  private async firstInput(): Promise<ConfigInput> {
    const {
      view: { chapter, compare },
      bare,
      input,
    } = this.link;
    if (compare !== null && chapter === null) await this.shelf.take('compare');
    if (chapter === null) return input;
    const { scene } = (await this.shelf.load<Lecture>('lecture')).mark(chapter, false);
    await this.shelf.take('lecture');
    return bare ? scene : input;
  }

  // --- the loop
  // -----------------------------------------------------------------------------------------------------

  private frame(): void {
    requestAnimationFrame(() => this.frame());
    if (this.busy || this.session.state !== 'running') return;
    this.busy = true;
    this.session
      .tick()
      .catch(() => undefined)
      .finally(() => (this.busy = false));
  }

  private advance(): void {
    void this.cloud.refresh();
    this.cloud.showKey();
    this.rack.advance();
    this.status.show(this.session, this.cloud.drawing);
    void this.panelTurns.take(
      (work) => work(),
      async () => this.controls?.updateDisplay(),
    );
  }
}
