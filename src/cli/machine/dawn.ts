/**
 * WebGPU in Node, through Dawn (npm `webgpu`, an optional dependency). Machines without a GPU still have one in
 * software when a Chromium is installed: its SwiftShader driver is offered beside the real drivers, which go
 * first.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UnavailableError } from '../../engines/unavailable.ts';
import { oneLine } from '../errors.ts';
import {
  adaptersOf,
  adaptersIn,
  choiceOf,
  NOBODY,
  notAlone,
  oneOrAll,
  spelledAdapter,
  wishedAdapters,
  type Adapter,
} from './adapters.ts';
import { withAlone } from './alone/alone.ts';
import { mayHaveDriver, silence } from './drivers.ts';

export interface Dawn {
  /** Null where there is no adapter. */
  readonly gpu: GPU | null;
  /** Which adapter was found, or why there is none and what to do. */
  readonly reason: string;
  /** All that share a run's particles, if several do. */
  readonly others: readonly GPU[];
  /** All adapters of this machine. */
  readonly adapters: () => Promise<readonly Adapter[]>;
  /** Which of them are taken; none where there is none, or Dawn does not say. */
  readonly taken: () => Promise<readonly Adapter[]>;
}

interface DawnModule {
  create(options: string[]): GPU;
  readonly globals: object;
}

/** Dawn ends the process when an instance is garbage-collected, so they all stay referenced. */
const instances: GPU[] = [];
const DRIVER = 'vk_swiftshader_icd.json';
const LOADER = 'libvulkan.so.1';
const SWIFT_SHADER = ['adapter=SwiftShader'];
/** dlopen's flags: resolve now, and stay loaded after Node finds that this is no add-on of its own. */
const STAY_LOADED = 0x2 | 0x1000;

let opened: Promise<Dawn> | undefined;

/**
 * Dawn's WebGPU with an adapter: those that are wished for, else a GPU's if there is one, else a software adapter's.
 * Rejects with an UnavailableError where there is none of a number that is wished for.
 */
export function openDawn(): Promise<Dawn> {
  return (opened ??= findAdapter());
}

/** Which adapters an engine of that name has in this process: what a run says of itself. */
export const adaptersHad = async (engine: string): Promise<Adapter | readonly Adapter[] | null> =>
  engine === 'webgpu' ? oneOrAll(await (await openDawn()).taken()) : null;

async function findAdapter(): Promise<Dawn> {
  const dawn = await loadDawn();
  if (!dawn) return nothing('the optional package "webgpu" is not installed (npm install --include=optional)');
  const tries = process.platform === 'linux' ? offerSwiftShader() : [[], SWIFT_SHADER];
  let known: Promise<readonly Adapter[]> | undefined;
  const adapters = (): Promise<readonly Adapter[]> => (known ??= tries.length > 0 ? allOf(dawn) : none());
  const wished = wishedAdapters();
  if (wished.length > 0) return theWished(dawn, wished, await adapters());
  for (const options of tries) {
    const found = await tried(dawn, options);
    if (!found) continue;
    const taken = async (): Promise<readonly Adapter[]> => adaptersOf(found.device, await adapters());
    return { gpu: found.gpu, reason: found.reason, others: [], adapters, taken };
  }
  return {
    ...nothing(
      tries.length > 0
        ? 'Dawn finds no adapter: a driver is there and does not work; lines before this one that begin with "Warning:" are what Dawn says of it'
        : 'Dawn finds no adapter (a GPU driver is missing, and a Chromium, whose software adapter would do)',
    ),
    adapters,
  };
}

interface Found {
  readonly gpu: GPU;
  readonly reason: string;
  /** As WebGPU spells it. */
  readonly device: string;
}

async function tried(dawn: DawnModule, options: readonly string[]): Promise<Found | null> {
  const gpu = instance(dawn, options);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return null;
  const { description, vendor, device } = adapter.info;
  return { gpu, reason: description || vendor, device };
}

/** An instance for each of the adapters of those numbers. */
async function theWished(dawn: DawnModule, wished: readonly number[], all: readonly Adapter[]): Promise<Dawn> {
  const found: Found[] = [];
  for (const number of wished) {
    const one = await theNumbered(dawn, number, all);
    if (!one)
      throw new UnavailableError(
        `--gpu ${number}: adapter ${spelledAdapter(all[number])} has less than WebGPU asks for: take another number of mckean doctor`,
      );
    found.push(one);
  }
  return {
    gpu: found[0].gpu,
    reason: found.map(({ reason }) => reason).join(' and '),
    others: found.length > 1 ? found.map(({ gpu }) => gpu) : [],
    adapters: async () => all,
    taken: async () => wished.map((number) => all[number]),
  };
}

async function theNumbered(dawn: DawnModule, number: number, all: readonly Adapter[]): Promise<Found | null> {
  const { options, alone } = choiceOf(number, all);
  if (!alone) return tried(dawn, options);
  const wanted = all[number];
  if (wanted.backend !== 'vulkan') throw notAlone(wanted, `its backend is ${wanted.backend}`);
  let opened;
  try {
    opened = withAlone(alone, () => ({ shown: allOf(dawn), found: tried(dawn, options) }));
  } catch (error) {
    throw notAlone(wanted, oneLine((error as Error).message));
  }
  const [shown, found] = await Promise.all([opened.shown, opened.found]);
  if (shown.length !== 1) throw notAlone(wanted, `the Vulkan loader shows ${shown.length} all the same`);
  return found;
}

const none = async (): Promise<[]> => [];
const nothing = (reason: string): Dawn => ({ gpu: null, reason, others: [], adapters: none, taken: none });

/** What Dawn says there is, where it is asked for what there is not. */
const allOf = (dawn: DawnModule): Promise<readonly Adapter[]> =>
  instance(dawn, NOBODY)
    .requestAdapter()
    .then(
      () => [],
      (complaint: Error) => adaptersIn(complaint.message),
    );

/** A WebGPU that checks everything and computes nothing: a compiler for shaders on any machine. */
export async function openNullDevice(): Promise<GPU | null> {
  const dawn = await loadDawn();
  return dawn && instance(dawn, ['backend=null']);
}

async function loadDawn(): Promise<DawnModule | null> {
  try {
    const dawn: DawnModule = await import('webgpu');
    Object.assign(globalThis, dawn.globals);
    return dawn;
  } catch {
    return null;
  }
}

function instance(dawn: DawnModule, options: readonly string[]): GPU {
  const gpu = dawn.create([...options]);
  instances.push(gpu);
  return gpu;
}

/**
 * Adds Chromium's software driver to those that the Vulkan loader knows, and its loader where the system has
 * none. Gives Dawn's options for each try: none without a loader, or without something for it to load, as then Dawn only
 * complains, on stderr.
 */
function offerSwiftShader(): string[][] {
  const folder = softwareFolder();
  const chosen = process.env.VK_ICD_FILENAMES ?? process.env.VK_DRIVER_FILES;
  const offered = folder !== undefined && chosen === undefined;
  if (offered) {
    const known = process.env.VK_ADD_DRIVER_FILES;
    process.env.VK_ADD_DRIVER_FILES = [...(known ? [known] : []), join(folder, DRIVER)].join(':');
  }
  Object.assign(process.env, silence(process.env, offered));
  const mayLoad = (): boolean =>
    keepLoaded(LOADER) || (folder !== undefined && keepLoaded(join(folder, LOADER)));
  if (!mayHaveDriver() || !mayLoad()) return [];
  return offered ? [[], SWIFT_SHADER] : [[]];
}

/**
 * Loads a shared library into this process for good, so that Dawn finds it by name; says whether there is one.
 */
function keepLoaded(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library, STAY_LOADED);
    return true;
  } catch (error) {
    return String(error).includes('did not self-register');
  }
}

/** Where Chromium's software driver and its manifest lie. */
export const softwareFolder = (): string | undefined =>
  chromiumFolders().find((folder) => existsSync(join(folder, DRIVER)));

/** Folders that may hold a Chromium: the environment's, then the usual ones. */
function chromiumFolders(): string[] {
  const { CHROMIUM_DIR, CHROME_PATH, PUPPETEER_EXECUTABLE_PATH, PUPPETEER_CACHE_DIR } = process.env;
  const cache = join(PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer'), 'chrome');
  const cached = existsSync(cache) ? readdirSync(cache).sort().reverse() : [];
  return [
    CHROMIUM_DIR,
    ...[CHROME_PATH, PUPPETEER_EXECUTABLE_PATH].map(
      (path) => path && existsSync(path) && dirname(realpathSync(path)),
    ),
    ...cached.map((version) => join(cache, version, 'chrome-linux64')),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
    '/opt/google/chrome-beta',
    '/opt/chromium.org/chromium',
  ].filter((folder): folder is string => typeof folder === 'string' && folder !== '');
}
