/**
 * The browser of the tests: found (environment variable, puppeteer's own, installed ones), else installed, else
 * a sentence that says how. One function a kind of machine: with WebGPU (in software), without, and without
 * WebGL as well.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer';
import { PATIENCE } from '../patience.ts';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const HOW = 'install Chrome or Chromium, or set CHROME_PATH to its program';

/** A browser program that starts, or null. */
export function findBrowser(): string | null {
  const { CHROME_PATH, PUPPETEER_EXECUTABLE_PATH } = process.env;
  for (const given of [CHROME_PATH, PUPPETEER_EXECUTABLE_PATH]) {
    if (given && !starts(given))
      throw new Error(`the browser ${given} (from the environment) does not start: ${HOW}`);
  }
  return (
    [CHROME_PATH, PUPPETEER_EXECUTABLE_PATH, puppeteerPath(), ...USUAL].find((path) => path && starts(path)) ??
    null
  );
}

/** The browser to use; downloads or installs one where there is none. */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  console.error('There is no browser here; installing one for the tests (this takes a minute, once).');
  for (const install of [download, installPackage]) {
    install();
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error(`The tests need a browser and none could be installed here: ${HOW}.`);
}

function puppeteerPath(): string | null {
  try {
    return puppeteer.executablePath();
  } catch {
    return null;
  }
}

const starts = (path: string): boolean =>
  existsSync(path) &&
  (process.platform === 'win32' ||
    spawnSync(path, ['--version'], { stdio: 'ignore', timeout: PATIENCE }).status === 0);

/** Puppeteer's own Chrome, into its cache. */
function download(): void {
  const cli = fileURLToPath(
    new URL('../../../node_modules/puppeteer/lib/cjs/puppeteer/node/cli.js', import.meta.url),
  );
  const { status, stderr } = spawnSync(process.execPath, [cli, 'browsers', 'install', 'chrome'], {
    encoding: 'utf8',
    timeout: PATIENCE,
  });
  const reason = /(?:Provider|Error): (.*)/.exec(stderr ?? '')?.[1] ?? 'it took too long';
  if (status !== 0) console.error(`Puppeteer's Chrome cannot be downloaded here (${reason}).`);
}

/** Debian's package, where this is root on a Debian and downloads are blocked. */
function installPackage(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  try {
    const options = {
      stdio: ['ignore', 'ignore', 'inherit'] as const,
      timeout: PATIENCE,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    execFileSync('apt-get', ['update', '-qq'], { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
      ...options,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch {
    // ensureBrowser says what to do.
  }
}

const ALWAYS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** WebGPU, WebGL and the screen through SwiftShader: right pixels, no speed. */
const SWIFTSHADER = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
];

export const MACHINES = {
  webgpu: SWIFTSHADER,
  /** However often its graphics process dies, there is another. */
  hardy: [...SWIFTSHADER, '--disable-gpu-process-crash-limit', '--disable-domain-blocking-for-3d-apis'],
  /** navigator.gpu without an adapter; WebGL works. */
  webgl: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  /** Neither WebGPU nor WebGL. */
  bare: ['--disable-gpu', '--disable-3d-apis', '--disable-software-rasterizer'],
} as const;

export function launch(machine: keyof typeof MACHINES, options: LaunchOptions = {}): Promise<Browser> {
  return puppeteer.launch({
    executablePath: ensureBrowser(),
    args: [...ALWAYS, ...MACHINES[machine]],
    timeout: PATIENCE,
    protocolTimeout: 2 * PATIENCE,
    ...options,
  });
}
