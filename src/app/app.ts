/** The page: composition only. Session computes, stage and figures draw, this file ties them together. */
import type { Config, ConfigInput } from '../core/config.ts';
import { isPresetName, PRESETS, resolveConfig, type Preset, type PresetName } from '../experiments/presets.ts';
import { Controls } from '../views/controls.ts';
import type { ThemeName } from '../views/palette.ts';
import { TwinSlot } from './compare/slot.ts';
import { bindFiles, openCsv } from './open-csv.ts';
import { Rack } from './figures/rack.ts';
import { Header } from './header.ts';
import { bindKeys } from './keys.ts';
import type { Lecture } from './lecture/lecture.ts';
import { formatLink, parseLink } from './link.ts';
import { Opener } from './opening.ts';
import type { Page } from './page.ts';
import { panelEntries } from './panel.ts';
import { PAGE_PLATFORM } from './platform.ts';
import { saveFile } from './save.ts';
import { Session } from './session.ts';
import { Shelf } from './shelf.ts';
import { Stage } from './stage.ts';
import { Status } from './status.ts';
import { reading } from './words.ts';

const element = (id: string): HTMLElement => document.getElementById(id)!;

export class App implements Page {
  readonly platform = PAGE_PLATFORM;
  readonly opener = new Opener(this.platform);
  readonly session = new Session(this.opener);
  readonly still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  readonly stage = new Stage(element('cloud'), element('legend'));
  readonly twin = new TwinSlot();
  private readonly link = parseLink(location.hash);
  readonly view = this.link.view;
  private readonly rack = new Rack(element('figures'), this);
  private readonly shelf = new Shelf(document.querySelector('main')!, this, () => this.header.showOpen(this.shelf.open));
  private readonly header = new Header(element('header'), { page: this, shelf: this.shelf, toggleTheme: () => this.toggleTheme() });
  private readonly status = new Status(element('status'));
  private controls: Controls | null = null;
  private message = this.link.notice;
  private busy = false;

  constructor() {
    bindKeys({ page: this, shelf: this.shelf, toggleTheme: () => this.toggleTheme() });
    bindFiles(element('file') as HTMLInputElement, element('drop'), (file) => this.act(() => this.openFile(file)));
    element('dismiss').addEventListener('click', () => {
      this.session.notice = '';
      this.tell('');
    });
    this.session.events.addEventListener('replaced', () => this.act(() => this.showRun()));
    this.session.events.addEventListener('state', () => this.showState());
    this.session.events.addEventListener('advanced', () => this.advance());
    this.setTheme(matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
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

  // --- Page ---------------------------------------------------------------------------------------------------------

  get theme(): ThemeName {
    return this.stage.theme;
  }

  tell(sentence: string): void {
    this.message = sentence;
    this.showState();
  }

  act(work: () => Promise<unknown>): void {
    work().catch((error: Error) => this.tell(`${error.message.replace(/\.$/, '')}.`));
  }

  linkChanged(): void {
    const link = this.session.prepared && formatLink(this.session.config(), this.view);
    if (link && link !== location.hash) history.replaceState(null, '', link); // browsers allow a few a second
  }

  // --- what the person sees -----------------------------------------------------------------------------------------

  private showState(): void {
    const { session } = this;
    document.documentElement.dataset.state = session.state;
    this.header.showState(session.state);
    const lines = [this.message, session.notice, session.fallback].filter((line) => line !== '');
    element('notice-text').textContent = lines.join(' ');
    element('notice').hidden = lines.length === 0;
    this.status.show(session, this.stage.drawing, true);
    this.linkChanged();
  }

  private async showRun(): Promise<void> {
    const { engine, prepared } = this.session;
    if (!engine || !prepared) return;
    const { config: { preset, data }, encoding } = prepared;
    const known = preset !== undefined && isPresetName(preset) && !('inline' in data) ? preset : null;
    this.header.showPreset(known ?? '');
    element('summary').textContent = known ? captionOf(known, prepared.config) : `Your own data: ${encoding.target} from ${encoding.inputs.join(', ')}.`;
    await this.stage.show(engine, encoding, known ? ((PRESETS[known] as Preset).reach ?? null) : null);
    this.showReading();
    this.showPanel();
    this.showState();
    await this.rack.begin();
  }

  private showReading(): void {
    element('reading').textContent = reading(this.session.prepared!.encoding, this.stage.axes);
  }

  private showPanel(): void {
    const { session, stage } = this;
    const entries = panelEntries(session, stage, {
      configure: (partial) => this.act(() => session.configure(partial)),
      viewChanged: () => this.showReading(),
      copyLink: () => this.act(async () => {
        await navigator.clipboard.writeText(location.href);
        this.tell('The link to this run is copied.');
      }),
      savePicture: () => this.act(async () => saveFile(`mckean-step-${session.metrics().step}.png`, await stage.png())),
      saveConfig: () => saveFile('config.json', new Blob([`${JSON.stringify(session.config(), null, 2)}\n`], { type: 'application/json' })),
    });
    if (this.controls) this.controls.setEntries(entries);
    else this.controls = new Controls(element('panel'), entries, { title: 'Settings', theme: stage.theme, closed: ['Start', 'View', 'Machine', 'Share'] });
  }

  private setTheme(theme: ThemeName): void {
    document.documentElement.dataset.theme = theme;
    this.header.showTheme(theme);
    this.stage.set({ theme });
    this.rack.setTheme(theme);
    this.shelf.setTheme(theme);
    this.controls?.setTheme(theme);
  }

  private toggleTheme(): void {
    this.setTheme(this.theme === 'dark' ? 'light' : 'dark');
  }

  // --- what the person brings ---------------------------------------------------------------------------------------

  /** What the link asks for: the chapter it names is opened, and brings its scene where the link has no settings. */
  private async firstInput(): Promise<ConfigInput> {
    const { view: { chapter }, bare, input } = this.link;
    if (chapter === null) return input;
    const { scene } = (await this.shelf.load<Lecture>('lecture')).mark(chapter, false);
    await this.shelf.take('lecture');
    return bare ? scene : input;
  }

  private async openFile(file: File): Promise<void> {
    const { data, labels, notice } = await openCsv(file);
    this.opener.labels = labels;
    await this.session.configure({ data });
    this.tell(notice);
  }

  // --- the loop -----------------------------------------------------------------------------------------------------

  private frame(): void {
    requestAnimationFrame(() => this.frame());
    if (this.busy || this.session.state !== 'running') return;
    this.busy = true;
    this.session.tick().catch(() => undefined).finally(() => (this.busy = false));
  }

  private advance(): void {
    void this.stage.refresh();
    this.stage.showKey();
    this.rack.advance();
    this.status.show(this.session, this.stage.drawing);
  }
}

/** A preset's sentence speaks of its own network: with another it would be false. */
function captionOf(preset: PresetName, { model, parameterization }: Config): string {
  const own = resolveConfig({ preset }), same = (p: unknown, q: unknown): boolean => JSON.stringify(p) === JSON.stringify(q);
  const changed = !same(own.parameterization, parameterization) || !same({ ...own.model, width: 0 }, { ...model, width: 0 });
  return changed ? `${PRESETS[preset].title}, with a network of your own.` : PRESETS[preset].summary;
}
