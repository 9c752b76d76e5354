/** The page: composition only. Session computes, stage and panels draw, this file ties them together. */
import { DEFAULT_PRESET, isPresetName, PRESET_NAMES, PRESETS } from '../experiments/presets.ts';
import { publishApi } from './api.ts';
import { formatLink, parseLink } from './link.ts';
import { bindFiles, openCsv } from './open-csv.ts';
import { PAGE_PLATFORM } from './platform.ts';
import { Session } from './session.ts';
import { Stage } from './stage.ts';
import { Status } from './status.ts';
import { reading } from './words.ts';

const element = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const link = parseLink(location.hash);
const session = new Session(PAGE_PLATFORM);
const stage = new Stage(element('cloud'));
const status = new Status(element('status'));
let message = link.notice;

function tell(text: string): void {
  message = text;
  showState();
}

function showState(): void {
  document.documentElement.dataset.state = session.state;
  element('play').textContent = session.state === 'running' ? 'Pause' : 'Play';
  const notice = element('notice'), lines = [message, session.notice, session.fallback].filter((line) => line !== '');
  notice.textContent = lines.join(' ');
  notice.hidden = lines.length === 0;
  status.show(session, stage.renderer, true);
}

async function showEngine(): Promise<void> {
  const { engine, prepared } = session;
  if (!engine || !prepared) return;
  await stage.show(engine);
  const { preset } = prepared.config;
  element<HTMLSelectElement>('preset').value = preset ?? '';
  element('summary').textContent = preset !== undefined && isPresetName(preset) ? PRESETS[preset].summary : 'Your own data.';
  element('reading').textContent = reading(prepared, stage.axes);
  showLink();
  showState();
}

function showLink(): void {
  history.replaceState(null, '', formatLink(session.config()));
}

/** What a button does may fail; the person is told in one sentence. */
const act = (work: () => Promise<unknown>) => (): void => void work().catch((error: Error) => tell(`${error.message}.`));

function bindButtons(): void {
  const toggle = act(() => (session.state === 'running' ? session.pause() : session.play()));
  element('play').addEventListener('click', toggle);
  element('step').addEventListener('click', act(() => session.step(1)));
  element('reset').addEventListener('click', act(() => session.reset()));
  const preset = element<HTMLSelectElement>('preset');
  preset.append(...PRESET_NAMES.map((name) => new Option(PRESETS[name].title, name)), new Option('Your own data', ''));
  preset.options[preset.options.length - 1].hidden = true;
  preset.value = DEFAULT_PRESET;
  preset.addEventListener('change', act(async () => {
    message = '';
    await session.configure({ preset: preset.value });
  }));
  element('theme').addEventListener('click', () => setTheme(stage.theme === 'dark' ? 'light' : 'dark'));
  addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLElement && /INPUT|SELECT|TEXTAREA|BUTTON/.test(event.target.tagName)) return;
    if (event.key === ' ') toggle();
    else if (event.key === '.') element('step').click();
    else if (event.key.toLowerCase() === 'r' && !event.ctrlKey && !event.metaKey) element('reset').click();
    else return;
    event.preventDefault();
  });
  bindFiles(element('file'), element('drop'), (file) => act(async () => {
    const { data, notice } = await openCsv(file);
    await session.configure({ data });
    tell(notice);
  })());
}

function setTheme(theme: 'dark' | 'light'): void {
  stage.theme = theme;
  document.documentElement.dataset.theme = theme;
  stage.touch();
}

let busy = false;
function frame(): void {
  requestAnimationFrame(frame);
  stage.frame();
  if (busy || session.state !== 'running') return;
  busy = true;
  session.tick().catch(() => undefined).finally(() => (busy = false));
}

async function start(): Promise<void> {
  try {
    await session.open(link.input);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) await session.pause();
    else await session.play();
  } catch (error) {
    session.fail(error);
    throw error;
  }
}

session.events.addEventListener('replaced', () => void showEngine());
session.events.addEventListener('advanced', () => {
  void stage.refresh();
  status.show(session, stage.renderer);
});
session.events.addEventListener('state', showState);
setTheme(matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');
bindButtons();
const ready = start();
publishApi(session, ready);
requestAnimationFrame(frame);
