/** The page: composition only. Session computes, cloud and figures draw, this file ties them together. */
import type { ConfigInput } from '../core/config/config.ts';
import { drawTogether } from '../engines/select.ts';
import type { ThemeName } from '../views/palette.ts';
import { TwinSlot } from './compare/slot.ts';
import { caption, presetOf } from './cloud/caption.ts';
import { pictureOf } from './cloud/picture.ts';
import { Rack } from './figures/rack.ts';
import { Header } from './shell/header.ts';
import { bindKeys } from './shell/keys.ts';
import type { Lecture } from './lecture/lecture.ts';
import { Address } from './links/address.ts';
import { TAB } from './links/tab-store.ts';
import { Visit } from './links/visit.ts';
import { Looks } from './cloud/looks.ts';
import { Messages } from './shell/messages.ts';
import type { Offer } from './shell/notice.ts';
import { downloads } from './shell/download.ts';
import { bindFiles } from './data/bind.ts';
import { PageData } from './data/page-data.ts';
import { Opener } from './run/opening.ts';
import type { Page } from './page.ts';
import { PAGE_PLATFORM } from './platform.ts';
import { bindPrint } from './cloud/print.ts';
import { Mark } from './run/mark.ts';
import { Runaway } from './run/runaway.ts';
import { Session } from './run/session.ts';
import { SettingsHost } from './settings/host.ts';
import { Shelf } from './shell/shelf.ts';
import { Spoken } from './shell/spoken.ts';
import { PageCloud } from './cloud/page-cloud.ts';
import { Viewpoint } from './cloud/viewpoint.ts';
import { Status } from './shell/status.ts';
import { Undo } from './run/undo.ts';
import { reading } from './cloud/words.ts';
import { say } from './say.ts';

const TITLE = document.title;
const FRAMED = say(
  'A frame saves files only where the page around it allows downloads: where none has come, save from the page by itself.',
);
const element = (id: string): HTMLElement => document.getElementById(id)!;

export class App implements Page {
  readonly platform = PAGE_PLATFORM;
  readonly data = new PageData((sentence) => this.tellWork(sentence), drawTogether(this.platform.cpu));
  readonly opener = new Opener(this.platform, this.data);
  readonly session = new Session(this.opener);
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly cloud = new PageCloud(element('cloud'), element('legend'));
  readonly twin = new TwinSlot();
  readonly address = new Address(TAB);
  private readonly mark = new Mark(TAB);
  private readonly visit = new Visit(this);
  readonly view = this.address.first.view;
  readonly viewpoint = new Viewpoint(
    this,
    () => {
      this.showReading();
      this.rack.advance();
    },
    (sentence) => this.messages.add(sentence),
  );
  readonly rack: Rack = new Rack(element('figures'), element('below'), this);
  private readonly shelf = new Shelf(document.querySelector('main')!, this, () =>
    this.header.showOpen(this.shelf.open),
  );
  private readonly looks = new Looks(
    this.view,
    (theme) => this.setTheme(theme),
    () => this.showState(),
  );
  readonly runaway = new Runaway(this.session, () => this.showState());
  private readonly undo = new Undo(this, () => this.header.showUndo(this.undo.can));
  private readonly deck = { page: this, shelf: this.shelf, looks: this.looks, undo: this.undo };
  private readonly header = new Header(element('header'), this.deck);
  private readonly status = new Status(element('status'));
  private readonly settings = new SettingsHost(element('panel'), this, (partial) =>
    this.act(() => this.configure(partial)),
  );
  private readonly stopping: readonly Offer[] = [{ text: say('Stop'), run: () => this.data.stop() }];
  private readonly messages = new Messages(element('notice'), this.address.first.notice, this, () =>
    this.showState(),
  );
  private busy = false;
  /** What the address asks for, or less of it, runs. */
  ready: Promise<void>;

  constructor() {
    element('waiting').remove();
    bindKeys(this.deck);
    bindPrint(element('print'), this);
    new Spoken(element('spoken'), this.session);
    bindFiles(element('file') as HTMLInputElement, element('drop'), (files) =>
      this.act(async () => (await import('./data/open.ts')).openFiles(files, this, this.shelf)),
    );
    this.session.events.addEventListener('replaced', () => this.act(() => this.showRun()));
    this.session.events.addEventListener('state', () => {
      this.showState();
      this.cloud.set({ still: this.session.state !== 'running' });
      if (this.session.state === 'paused') this.rack.rest();
    });
    this.session.events.addEventListener('advanced', () => this.advance());
    this.address.listen(({ input, notice }) => this.act(() => (this.ready = this.visit.open(input, notice))));
    downloads.addEventListener('framed', () =>
      this.tell(FRAMED, { text: say('Open the page'), run: () => void open(location.href, '_blank') }),
    );
    addEventListener('pagehide', () => this.mark.show(false));
    document.addEventListener('visibilitychange', () => this.hide(document.hidden));
    this.calm.addEventListener('change', () => this.still && this.act(() => this.session.pause()));
    this.looks.begin();
    this.session.stopAt(this.view.stop);
    void this.rack.show();
    this.ready = this.start();
  }

  /** Opens what the link asks for, and lets it play unless the person wants no motion. */
  private async start(): Promise<void> {
    requestAnimationFrame(() => this.frame());
    try {
      const { input, sentence } = this.mark.cautious(await this.firstInput());
      if (input.model?.width !== undefined) this.mark.set(input.model.width); // it may end the tab as it opens
      await this.visit.open(input, this.messages.with(sentence));
    } catch (error) {
      throw this.session.fail(error);
    }
  }

  // --- Page
  // ---------------------------------------------------------------------------------------------------------

  get still(): boolean {
    return this.calm.matches;
  }

  get theme(): ThemeName {
    return this.cloud.theme;
  }

  tell(sentence: string, ...offers: Offer[]): void {
    this.messages.tell(sentence, offers);
  }

  /** The buttons stay what they are while the sentence changes: they may be pressed. */
  private tellWork(sentence: string): void {
    this.messages.tell(sentence, sentence === '' ? [] : this.stopping);
  }

  act(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.messages.fail(error));
  }

  /** A setting of the panel; one that fits takes the word back that another did not. */
  private async configure(partial: object): Promise<void> {
    await this.session.configure(partial);
    this.messages.relent();
  }

  linkChanged(): void {
    const { prepared } = this.session;
    if (prepared) this.address.write(prepared);
  }

  private hide(hidden: boolean): void {
    this.mark.show(!hidden);
    this.session.hide(hidden);
    document.title = hidden ? say('Paused while hidden: {title}', { title: TITLE }) : TITLE;
  }

  // --- what the person sees
  // -----------------------------------------------------------------------------------------

  private showState(): void {
    const { session } = this;
    document.documentElement.dataset.state = session.state;
    this.header.showState(session.state);
    this.messages.show(this.view.mode === 'full');
    this.status.show(session, this.cloud.drawing, true);
    this.linkChanged();
  }

  private async showRun(): Promise<void> {
    const { engine, prepared } = this.session;
    if (!engine || !prepared) return;
    const { config, encoding } = prepared;
    this.mark.set(engine.problem.n);
    const known = presetOf(config);
    if (!this.session.choosing) this.header.showPreset(known ?? ''); // whose arrow keys go on from there
    element('summary').textContent = caption(prepared);
    await this.cloud.show(engine, encoding, pictureOf(config));
    await this.viewpoint.begin();
    this.showReading();
    this.showState();
    await Promise.all([this.settings.show(), this.rack.begin()]);
  }

  private showReading(): void {
    element('reading').textContent = reading(this.session.prepared!.encoding, this.cloud);
  }

  private setTheme(theme: ThemeName): void {
    this.header.showTheme(theme);
    this.cloud.set({ theme });
    this.rack.setTheme(theme);
    this.shelf.setTheme(theme);
    this.settings.setTheme(theme);
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
    } = this.address.first;
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
    this.act(() => this.viewpoint.advance());
    this.cloud.showKey();
    this.rack.advance();
    this.status.show(this.session, this.cloud.drawing, this.session.isLookingBack);
    this.settings.advance();
  }
}
