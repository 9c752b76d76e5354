/** The pieces of a kit that are not ours: packages of npm, a browser, shared libraries, fonts. Linux on x64 alone. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../publish/bundle.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Copies packages with all that they need from the checkout's node_modules. */
export function packages(names: readonly string[], target: string): void {
  const known = new Set<string>();
  const add = (name: string): void => {
    const folder = join(ROOT, 'node_modules', name);
    if (known.has(name) || !existsSync(folder)) return; // one that lies within the other's folder comes with it
    known.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    Object.keys(dependencies).forEach(add);
  };
  names.forEach(add);
  for (const name of known)
    cpSync(join(ROOT, 'node_modules', name), join(target, name), {
      recursive: true,
      filter: (path) => !UNUSED.test(path),
    });
}

/** Of packages: other machines' binaries, and what only people read. */
const UNUSED = /(webgpu\/dist\/(?!linux-x64)[^/]+|\.map|\.d\.[cm]?ts|\/es5-iife|\/\.bin)$/;

/** Debian's packages of the browser: without a display, its drivers in software, and letters. */
const DEBIAN = ['chromium-headless-shell', 'chromium-common', 'fonts-dejavu-core'];
/** In Chromium's folder: what a browser that only works for the inspector, or not at all here, has no need of. */
const LEFT = /validation|mock_icd|\.TOC$|crashpad|\/locales\//;

/** chrome/: the browser, what it links against, its letters, and chrome.sh that starts it. */
export function browser(target: string): void {
  const debs = mkdtempSync(join(tmpdir(), 'mckean-debs-'));
  try {
    execFileSync('apt-get', ['download', '-qq', ...DEBIAN], { cwd: debs, stdio: ['ignore', 'ignore', 'pipe'] });
    for (const file of readdirSync(debs).filter((name) => name.endsWith('.deb')))
      execFileSync('dpkg', ['-x', join(debs, file), join(debs, 'root')]);
    cpSync(join(debs, 'root/usr/lib/chromium'), target, {
      recursive: true,
      filter: (path) => !LEFT.test(path),
    });
    cpSync(join(debs, 'root/usr/share/fonts/truetype/dejavu'), join(target, 'fonts'), { recursive: true });
  } finally {
    rmSync(debs, { recursive: true, force: true });
  }
  const program = join(target, 'chromium-headless-shell');
  libraries([program, ...LOADED.map(found)], join(target, 'lib'));
  writeFileSync(join(target, 'fonts.conf'), FONTS);
  writeFileSync(join(target, 'chrome.sh'), START, { mode: 0o755 });
}

/** NSS loads these by name. */
const LOADED = ['libsoftokn3.so', 'libfreebl3.so', 'libfreeblpriv3.so', 'libnssckbi.so'];

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

const START = `#!/bin/sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export LD_LIBRARY_PATH="$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium-headless-shell" "$@"
`;

/** What drivers of GPUs and Dawn look for: Vulkan's loader and GL's, with X11 behind them. */
const LOADERS = [
  ...['libvulkan.so.1', 'libEGL.so.1', 'libGL.so.1', 'libGLX.so.0', 'libOpenGL.so.0', 'libGLESv2.so.2'],
  ...['libGLdispatch.so.0', 'libXext.so.6', 'libX11-xcb.so.1'],
];

export const loaders = (target: string): void => libraries(LOADERS.map(found), target, LOADERS);

/** Every Linux has these, and they must be its own. */
const OF_THE_SYSTEM = /^(ld-linux|lib(c|m|dl|pthread|rt|resolv|gcc_s|stdc\+\+)\.so)/;

/** Copies what programs or libraries link against, and those of the names themselves. */
function libraries(files: readonly string[], target: string, names: readonly string[] = LOADED): void {
  mkdirSync(target, { recursive: true });
  for (const line of execFileSync('ldd', [...files], { encoding: 'utf8' }).split('\n')) {
    const [, name, path] = /^\s+(\S+) => (.*?)(?: \(0x.*)?$/.exec(line) ?? [];
    if (name === undefined || OF_THE_SYSTEM.test(name)) continue;
    if (path === 'not found') throw new Error(`the browser needs ${name}: apt-get install chromium`);
    copyFileSync(realpathSync(path), join(target, name));
  }
  for (const name of names) copyFileSync(realpathSync(found(name)), join(target, name));
}

/** Where a library of this machine lies; Chromium has a loader of its own. */
function found(name: string): string {
  const known = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s+(\S+) \(.*x86-64.*\) => (.*)$/.exec(line))
    .find((match) => match?.[1] === name)?.[2];
  const path = known ?? join('/usr/lib/chromium', name);
  if (!existsSync(path))
    throw new Error(`this machine has no ${name}: apt-get install libvulkan1 libegl1 libgl1`);
  return path;
}

/** This Node, without what only debuggers read. */
export function node(target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  try {
    execFileSync('strip', ['-o', target, process.execPath], { stdio: 'ignore' });
  } catch {
    copyFileSync(process.execPath, target);
  }
  execFileSync(target, ['--version'], { stdio: 'ignore' });
}
