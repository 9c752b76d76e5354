/** The page: composition only. Session computes, stage and plots draw, this file ties them together. */
import type { Config, ConfigInput } from '../core/config.ts';
import { DEFAULT_PRESET, isPresetName, PRESET_NAMES, PRESETS, resolveConfig, type Preset, type PresetName } from '../experiments/presets.ts';
import { Controls } from '../views/controls.ts';
import type { ThemeName } from '../views/palette.ts';
import { publishApi } from './api.ts';
import { DensityPlot } from './density.ts';
import { bindFiles, openCsv } from './open-csv.ts';
import { bindKeys } from './keys.ts';
import type { Chapter } from './lecture/chapters.ts';
import { CHAPTER_IDS } from './lecture/ids.ts';
import type { Lecture } from './lecture/lecture.ts';
import type { MeasurePanel } from './measure/panel.ts';
import { formatLink, parseLink } from './link.ts';
import { panelEntries } from './panel.ts';
import { Observables } from './observables.ts';
import { Opener } from './opening.ts';
import { PAGE_PLATFORM } from './platform.ts';
import { Plots } from './plots.ts';
import { saveFile } from './save.ts';
import { Session } from './session.ts';
import { Stage } from './stage.ts';
import { Status } from './status.ts';
import { reading } from './words.ts';

const element = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const link = parseLink(location.hash);
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
const systemTheme: ThemeName = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
const opener = new Opener(PAGE_PLATFORM);
const session = new Session(opener);
const stage = new Stage(element('cloud'), element('legend'));
const plots = new Plots(session, { fit: element('fit'), fitTitle: element('fit-title'), loss: element('loss') }, systemTheme);
const observables = new Observables(session, element('observables'));
const density = new DensityPlot(element('density-figure'), element('density-title'), element('density'), systemTheme);
const status = new Status(element('status'));
let lecture: Lecture | null = null;
let measuring: MeasurePanel | null = null;
let controls: Controls | null = null;
let message = link.notice;

// --- what the person is told --------------------------------------------------------------------------------------

function tell(sentence: string): void {
  message = sentence;
  showState();
}

/** What a button does may fail; the person is told in one sentence. */
const act = (work: () => Promise<unknown>) => (): void => void work().catch((error: Error) => tell(`${error.message.replace(/\.$/, '')}.`));

function showState(): void {
  document.documentElement.dataset.state = session.state;
  element('play').textContent = session.state === 'running' ? 'Pause' : 'Play';
  const lines = [message, session.notice, session.fallback].filter((line) => line !== '');
  element('notice-text').textContent = lines.join(' ');
  element('notice').hidden = lines.length === 0;
  status.show(session, stage.drawing, true);
}

function showLink(): void {
  history.replaceState(null, '', formatLink(session.config(), lecture?.current ?? null));
}

async function showEngine(): Promise<void> {
  const { engine, prepared } = session;
  if (!engine || !prepared) return;
  const { config: { preset, data }, encoding } = prepared;
  const known = preset !== undefined && isPresetName(preset) && !('inline' in data) ? preset : null;
  element<HTMLSelectElement>('preset').value = known ?? '';
  element('summary').textContent = known ? captionOf(known, prepared.config) : `Your own data: ${encoding.target} from ${encoding.inputs.join(', ')}.`;
  showLink();
  plots.begin();
  density.begin(prepared);
  observables.begin();
  await stage.show(engine, encoding, known ? ((PRESETS[known] as Preset).reach ?? null) : null);
  element('reading').textContent = reading(encoding, stage.axes);
  showPanel();
  showState();
  await plots.show();
}

/** A preset's sentence speaks of its own network: with another it would be false. */
function captionOf(preset: PresetName, { model, parameterization }: Config): string {
  const own = resolveConfig({ preset }), same = (p: unknown, q: unknown): boolean => JSON.stringify(p) === JSON.stringify(q);
  const changed = !same(own.parameterization, parameterization) || !same({ ...own.model, width: 0 }, { ...model, width: 0 });
  return changed ? `${PRESETS[preset].title}, with a network of your own.` : PRESETS[preset].summary;
}

function showPanel(): void {
  const entries = panelEntries(session, stage, {
    configure: (partial) => act(() => session.configure(partial))(),
    viewChanged: () => (element('reading').textContent = reading(session.prepared!.encoding, stage.axes)),
    copyLink: act(async () => {
      await navigator.clipboard.writeText(location.href);
      tell('The link to this run is copied.');
    }),
    savePicture: act(async () => saveFile(`mckean-step-${session.metrics().step}.png`, await stage.png())),
    saveConfig: () => saveFile('config.json', new Blob([`${JSON.stringify(session.config(), null, 2)}\n`], { type: 'application/json' })),
  });
  if (controls) controls.setEntries(entries);
  else controls = new Controls(element('panel'), entries, { title: 'Settings', theme: stage.theme, closed: ['Start', 'View', 'Machine', 'Share'] });
}

function setTheme(theme: ThemeName): void {
  document.documentElement.dataset.theme = theme;
  element('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
  stage.set({ theme });
  plots.setTheme(theme);
  density.setTheme(theme);
  controls?.setTheme(theme);
  measuring?.setTheme(theme);
}

// --- the lecture and the measurements, loaded when first opened --------------------------------------------------------------------

async function loadLecture(): Promise<Lecture> {
  const { Lecture } = await import('./lecture/lecture.ts');
  return (lecture ??= new Lecture(element('lecture'), { show: (chapter) => act(() => showScene(chapter))(), close: showLecture }));
}

/** The chapter's scene, playing unless the person wants no motion. */
async function showScene({ scene, colour }: Chapter): Promise<void> {
  showLecture();
  message = '';
  stage.set({ colour });
  await session.configure(scene);
  if (!reducedMotion) await session.play();
}

function showLecture(): void {
  element('lecture-open').setAttribute('aria-expanded', String(lecture !== null && lecture.current !== null));
  if (session.prepared) showLink();
}

async function toggleLecture(): Promise<void> {
  const book = await loadLecture();
  if (measuring?.open) measuring.close();
  book.turn(book.current === null ? CHAPTER_IDS[0] : null);
}

async function toggleMeasure(): Promise<void> {
  const { MeasurePanel } = await import('./measure/panel.ts'), expanded = (open: boolean): void => element('measure-open').setAttribute('aria-expanded', String(open));
  measuring ??= new MeasurePanel(element('measure'), PAGE_PLATFORM, stage.theme, { begin: act(() => session.pause()), close: () => expanded(false) });
  if (measuring.open) return measuring.close();
  if (lecture !== null && lecture.current !== null) lecture.turn(null);
  measuring.show();
  expanded(true);
}

/** What the link asks for: the chapter it names is opened, and brings its scene where the link has no settings. */
async function firstInput(): Promise<ConfigInput> {
  if (link.chapter === null) return link.input;
  const { scene, colour } = (await loadLecture()).open(link.chapter)!;
  stage.set({ colour });
  showLecture();
  return link.bare ? scene : link.input;
}

// --- what the person does -----------------------------------------------------------------------------------------

function bindButtons(): void {
  const toggle = act(() => (session.state === 'running' ? session.pause() : session.play()));
  const step = act(() => session.step(1)), reset = act(() => session.reset());
  for (const [id, action] of [['play', toggle], ['step', step], ['reset', reset]] as const) element(id).addEventListener('click', action);
  const open = act(toggleLecture);
  const measureHere = act(toggleMeasure);
  element('lecture-open').addEventListener('click', open);
  element('measure-open').addEventListener('click', measureHere);
  bindKeys({ ' ': toggle, '.': step, r: reset, l: open, m: measureHere });
  element('theme').addEventListener('click', () => setTheme(stage.theme === 'dark' ? 'light' : 'dark'));
  element('dismiss').addEventListener('click', () => {
    session.notice = '';
    tell('');
  });
  bindFiles(element('file'), element('drop'), (file) => act(() => openFile(file))());
}

function bindPresets(): void {
  const preset = element<HTMLSelectElement>('preset'), own = new Option('Your own data', '');
  own.hidden = true;
  preset.append(...PRESET_NAMES.map((name) => new Option(PRESETS[name].title, name)), own);
  preset.value = DEFAULT_PRESET;
  preset.addEventListener('change', act(async () => {
    message = '';
    await session.configure({ preset: preset.value });
  }));
}

async function openFile(file: File): Promise<void> {
  const { data, labels, notice } = await openCsv(file);
  opener.labels = labels;
  await session.configure({ data });
  tell(notice);
}

// --- the loop -----------------------------------------------------------------------------------------------------

let busy = false;
function frame(): void {
  requestAnimationFrame(frame);
  if (busy || session.state !== 'running') return;
  busy = true;
  session.tick().catch(() => undefined).finally(() => (busy = false));
}

async function start(): Promise<void> {
  try {
    await session.open(await firstInput());
    if (reducedMotion) await session.pause();
    else await session.play();
  } catch (error) {
    throw session.fail(error);
  }
}

session.events.addEventListener('replaced', act(showEngine));
session.events.addEventListener('state', () => {
  showState();
  if (session.prepared) showLink();
});
session.events.addEventListener('advanced', () => {
  void stage.refresh();
  stage.showKey();
  plots.advance();
  observables.advance();
  void density.follow(session.metrics().t);
  status.show(session, stage.drawing);
});
setTheme(systemTheme);
bindPresets();
bindButtons();
const ready = start();
ready.catch(() => undefined);
publishApi(session, ready);
requestAnimationFrame(frame);
