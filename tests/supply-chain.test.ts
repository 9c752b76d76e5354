/** What comes from elsewhere: exact, whole, without a word in the installation, under licences that may be passed on. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly resolved?: string;
}

const LICENCES = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Unlicense', 'CC0-1.0'];
/** Of whole files, which we use as they are. */
const BY_FILE = ['MPL-2.0'];
/** Of type, whose licence goes with it (vite.site.ts). */
const OF_TYPE = ['OFL-1.1'];
/** Of tools alone, that are not passed on. */
const OF_TOOLS = ['BlueOak-1.0.0', 'Python-2.0'];

const allows = (licence: string, known: readonly string[]): boolean =>
  licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((one) => known.includes(one));

describe.each(['', 'bench/'])('%spackage.json', (folder) => {
  const {
    dependencies = {},
    devDependencies = {},
    optionalDependencies = {},
  } = JSON.parse(read(`${folder}package.json`)) as Record<string, Record<string, string>>;
  const { lockfileVersion, packages } = JSON.parse(read(`${folder}package-lock.json`)) as {
    lockfileVersion: number;
    packages: Record<string, Locked>;
  };
  const locked = Object.entries(packages).filter(([path]) => path !== '');

  it('names exact versions, which are the locked ones', () => {
    const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const inexact = named.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version);
    expect([lockfileVersion, inexact]).toEqual([3, []]);
    expect(named.every(([, version]) => /^\d+\.\d+\.\d+$/.test(version))).toBe(true);
  });

  it('has a hash of every package, and none from beside the registry', () => {
    expect(
      locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path),
    ).toEqual([]);
    expect(
      locked.filter(([, { resolved }]) => resolved && !/^https:\/\/registry\.npmjs\.org\//.test(resolved)),
    ).toEqual([]);
  });

  it('brings licences that may be passed on', () => {
    const wrong = locked.filter(
      ([, { license = 'none', dev }]) =>
        !allows(license, [...LICENCES, ...BY_FILE, ...OF_TYPE, ...(dev ? OF_TOOLS : [])]),
    );
    expect(wrong.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it('is installed without running what packages ask for', () => {
    expect(read(`${folder}.npmrc`)).toMatch(/^ignore-scripts=true$/m);
  });
});

it('actions are pinned to commits, and may read alone but where the page is published', () => {
  const texts = readdirSync(new URL('../.github/workflows', import.meta.url)).map((name) =>
    read(`.github/workflows/${name}`),
  );
  const uses = texts.flatMap((text) => [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action));
  expect(uses.length).toBeGreaterThan(3);
  expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  for (const text of texts) expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
});

it('the page needs no script of another origin', () => {
  const page = read('index.html');
  expect([...page.matchAll(/(?:src|href)="(?:https?:)?\/\/[^"]*"/g)]).toEqual([]);
});
