/**
 * The npm package as others have it: packed, installed without a network into an empty project, and there its README's
 * examples, its types, its command line, a page without a bundler and one with.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { SCHEMAS } from '../../src/experiments/schemas.ts';
import { cpu } from '../../src/library/cpu.node.ts';
import type { MckeanCloud } from '../../src/library/cloud.ts';
import { openRun } from '../../src/library/core.ts';
import { POLICY } from '../../vite.site.ts';
import { launch } from '../support/browser/browser.ts';
import { untilInked } from '../support/browser/ink.ts';
import { serveFolder } from '../support/browser/static-server.ts';
import {
  differing,
  folder,
  json,
  mckean,
  names,
  put,
  start,
  text,
  TYPESCRIPT,
  type Outcome,
} from '../support/cli.ts';
import { WAIT } from '../support/patience.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const project = folder();
const packed = folder();
const SHELL = { shell: process.platform === 'win32', encoding: 'utf8' } as const;
const npm = (args: readonly string[]): string => execFileSync('npm', args, { cwd: project, ...SHELL });

/** The installed command line. */
const installed = (args: readonly string[]): Promise<Outcome> =>
  mckean(args, { cwd: project, command: [process.execPath, join(project, 'node_modules/mckean/lib/bin.js')] });

beforeAll(() => {
  execFileSync(process.execPath, [...TYPESCRIPT, join(ROOT, 'publish/package.ts'), '--out', packed]);
  put(project, 'package.json', { private: true, type: 'module' });
  npm(['install', join(packed, names(packed)[0]), '--offline', '--omit=optional', '--no-audit', '--no-fund']);
});

it('brings nothing but itself, with the licences of all that is in it', () => {
  expect(names(packed)).toEqual([`mckean-${json<{ version: string }>(ROOT, 'package.json').version}.tgz`]);
  expect(names(project, 'node_modules').filter((name) => !name.startsWith('.'))).toEqual(['mckean']);
  const licences = text(project, 'node_modules', 'mckean', 'licences.md');
  for (const name of ['vega ', 'valibot ', 'papaparse ', 'wgsl-preprocessor ', 'emoji-regex '])
    expect(licences).toContain(`## ${name}`);
});

it('has the schemas by which editors check, those that the program prints', async () => {
  const has = (name: string): unknown => JSON.parse(text(project, 'node_modules', 'mckean', name));
  const { stdout } = await installed(['schema']);
  expect(JSON.parse(stdout)).toEqual(has('schema.json'));
  expect(has('sweep-schema.json')).toEqual(SCHEMAS.sweep());
});

/** The README's blocks of a language, in order. */
const blocks = (language: string): string[] =>
  [...readFileSync(join(ROOT, 'docs/library.md'), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, given]) => given === language)
    .map(([, , content]) => content);
const EXAMPLES = blocks('js');

describe('the README', () => {
  it('has an output for each example', () => {
    expect(EXAMPLES.length).toBeGreaterThan(3);
    expect(blocks('text').length).toBe(EXAMPLES.length);
  });

  it.each(EXAMPLES.map((code, k) => [k + 1, code, blocks('text')[k]] as const))(
    'example %i says what it says there',
    async (k, code, output) => {
      const file = put(project, `example-${k}.js`, code);
      const { status, stdout, stderr } = await start([file], { cwd: project, command: [process.execPath] })
        .ended;
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: output, stderr: '' });
    },
  );

  it('its examples have the right types, without those of Node', () => {
    const files = EXAMPLES.map((code, k) => join(project, put(project, `example-${k + 1}.js`, code)));
    const wrong = put(project, 'wrong.js', "import { cpu } from 'mckean/cpu';\ncpu({ workers: 'two' });\n");
    const program = ts.createProgram([...files, join(project, wrong)], {
      ...{ checkJs: true, allowJs: true, noEmit: true, strict: true },
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      types: [],
    });
    const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const name = file?.fileName.split('/').at(-1);
      return `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(faults).toEqual(["wrong.js: Type 'string' is not assignable to type 'number'."]);
  });
});

describe('the command line', () => {
  it('is there for npx, with the presets of the checkout', async () => {
    const { stdout } = await mckean(['presets'], { cwd: project });
    expect(execFileSync('npx', ['--no', 'mckean', 'presets'], { cwd: project, ...SHELL })).toBe(stdout);
  });

  // Enough pairs for workers, a φ that vector kernels have, and a θ on the way
  const CONFIG = {
    data: { dataset: 'curve' },
    model: { activation: 'tanh', width: 4096 },
    dynamics: { dt: 0.5, steps: 6 },
    record: { every: 2, theta: [3] },
    method: 'direct',
  };

  it('computes the bits that the checkout computes', async () => {
    const file = put(project, 'config.json', CONFIG);
    const [there, here] = ['run-there', 'run-here'];
    expect(await installed(['run', file, '--out', there])).toMatchObject({ status: 0 });
    expect(await mckean(['run', file, '--out', here], { cwd: project })).toMatchObject({ status: 0 });
    expect(differing(project, there, here)).toEqual([]);
    const adapters = [there, here].map(
      (out) => json<{ adapter: string }>(project, out, 'summary.json').adapter,
    );
    expect(adapters[0]).toBe(adapters[1]); // with as many workers, and vector kernels where there are some
  });

  it('draws a figure, and starts itself anew for a sweep', async () => {
    const flags = ['--widths', '16', '--replicas', '64'];
    expect(await installed(['measure', 'invariants', '--out', 'there', ...flags])).toMatchObject({ status: 0 });
    expect(await mckean(['measure', 'invariants', '--out', 'here', ...flags], { cwd: project })).toMatchObject({
      status: 0,
    });
    expect(text(project, 'there/figure.svg')).toBe(text(project, 'here/figure.svg'));
    const { provenance } = json<{ provenance: unknown }>(project, 'there/result.json');
    expect(provenance).toMatchObject({ commit: null, node: process.version.slice(1) });
    put(project, 'sweep.json', { base: 'tanh-curve', grid: { 'model.width': [8, 16], 'dynamics.steps': [1] } });
    expect(await installed(['sweep', 'plan', 'sweep.json', '--out', 'sweep'])).toMatchObject({ status: 0 });
    expect(await installed(['sweep', 'run', 'sweep'])).toMatchObject({ status: 0 });
    expect(await installed(['sweep', 'report', 'sweep'])).toMatchObject({ status: 0 });
    expect(names(project, 'sweep')).toContain('cells.parquet');
  });

  it('says that Dawn is missing, and computes with it where it is there', async () => {
    const file = put(project, 'gpu.json', { ...CONFIG, engine: 'webgpu' });
    const refused = await installed(['run', file, '--out', 'refused']);
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('"webgpu" is not installed') });
    symlinkSync(join(ROOT, 'node_modules/webgpu'), join(project, 'node_modules/webgpu'));
    expect(await installed(['run', file, '--out', 'gpu-there'])).toMatchObject({ status: 0 });
    const code = `import { openRun } from 'mckean'; import { gpu } from 'mckean/gpu';
      const run = await openRun(${JSON.stringify(CONFIG)}, gpu());
      await run.step(6);
      const { data } = await run.theta();
      process.stdout.write(Buffer.from(data.buffer).toString('hex'));
      process.exit(0);`;
    const { stdout } = await start(['--input-type=module', '-e', code], {
      cwd: project,
      command: [process.execPath],
    }).ended;
    const theta = readFileSync(join(project, 'gpu-there/theta.npy')).toString('hex');
    expect(stdout.length).toBe(4096 * 3 * 8);
    expect(theta.endsWith(stdout)).toBe(true);
  });
});

describe('a page', () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await launch('webgpu')));
  afterAll(() => browser.close());

  /** What is seen of a page of the folder; `faults` hears what goes wrong there. */
  async function visited<T>(directory: string, look: (page: Page, faults: string[]) => Promise<T>): Promise<T> {
    const server = await serveFolder(directory, '/');
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => void faults.push(String(error)));
    page.on('requestfailed', (request) => void faults.push(request.url()));
    page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
    try {
      await page.goto(server.address);
      return await look(page, faults);
    } finally {
      await page.close();
      await server.close();
    }
  }

  /** The title that a page gives itself, and the workers that it has started. */
  const titleOf = (directory: string) =>
    visited(directory, async (page, faults) => {
      let workers = 0;
      page.on('workercreated', () => void workers++);
      await page.reload();
      await page.waitForFunction(() => document.title !== '', WAIT);
      return { title: await page.title(), workers, faults };
    });

  const [SCRIPT, ELEMENT] = blocks('html');
  const WANTED = { title: expect.stringMatching(/^0\.\d{4}$/), faults: [] };

  it('computes with workers from a plain script tag', async () => {
    put(project, 'index.html', `<!doctype html><link rel="icon" href="data:," />${SCRIPT}`);
    const seen = await titleOf(project);
    expect(seen).toMatchObject(WANTED);
    expect(seen.workers).toBeGreaterThan(0);
  });

  it('shows the cloud in an element, under a strict policy, and computes what a run computes', async () => {
    const policy = Object.entries(POLICY).map((rule) => rule.join(' '));
    const other = ELEMENT.split('<script')[0].replace('<mckean-cloud', '<mckean-cloud engine="cpu" id="cpu"');
    put(
      project,
      'index.html',
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" /><title>cloud</title>
      <link rel="icon" href="data:," />${ELEMENT}${other}`,
    );
    await visited(project, async (page, faults) => {
      await page.waitForFunction(async () => {
        const clouds = [...document.querySelectorAll('mckean-cloud')];
        await Promise.all(clouds.map(({ ready }) => ready));
        return clouds.every((cloud) => cloud.metrics().step === 30);
      }, WAIT);
      await untilInked(page, 'mckean-cloud', 0.01);
      await untilInked(page, '#cpu', 0.01);
      const seen = await page.evaluate(async () => {
        const cloud = document.querySelector<MckeanCloud>('#cpu')!;
        const [config, { data }] = [cloud.config(), await cloud.theta()];
        await cloud.reset();
        const { step } = cloud.metrics();
        const told = new Promise<string>((resolve) =>
          cloud.addEventListener('error', (event) =>
            resolve((event as unknown as CustomEvent<{ code: string }>).detail.code),
          ),
        );
        cloud.setAttribute('config', '{ "model": { "widht": 8 } }');
        await cloud.ready;
        return { config, theta: [...data], step, code: await told, words: cloud.shadowRoot!.textContent };
      });
      expect(seen).toMatchObject({ step: 0, code: 'config', words: expect.stringMatching(/widht.*"width"/) });
      expect(seen.config).toMatchObject({ engine: 'cpu', preset: 'moons' });
      const same = await openRun(seen.config, cpu());
      await same.step(30);
      const { data } = await same.theta();
      expect(Math.max(...seen.theta.map((value, i) => Math.abs(value - data[i])))).toBeLessThan(1e-12); // another Math.cos
      same.close();
      expect(faults).toEqual([]);
    });
  });

  /** A notebook's side of anywidget: traits of the Python class, and no others. */
  const HOST = `
    const text = await (await fetch('./node_modules/mckean/lib/widget.js')).text();
    const { default: widget } = await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    const bytes = (values) => new DataView(Float64Array.from(values).buffer);
    const source = await (await fetch('./node_modules/mckean/python/mckean_widget.py')).text();
    const names = [...source.matchAll(/^ {4}(\\w+) = (?:traitlets|binary)/gm)].map(([, name]) => name);
    const traits = new Map(names.map((name) => [name, null]));
    const given = { configuration: CONFIG, engine: 'cpu', theme: 'light', playing: true, rows: 4, x: bytes([-1, 0, 1, 2]), y: bytes([1, 0, 1, 4]) };
    const known = (name) => { if (!traits.has(name)) throw new Error('no trait ' + name); };
    for (const [name, value] of Object.entries(given)) { known(name); traits.set(name, value); }
    const model = {
      get: (name) => (known(name), traits.get(name)),
      set: (name, value) => (known(name), traits.set(name, value)),
      save_changes: () => { if (traits.get('theta')) globalThis.saved = Object.fromEntries(traits); },
      on: (event) => known(event.replace('change:', '')),
      off: () => undefined,
    };
    globalThis.leave = widget.render({ model, el: document.querySelector('#here') });`;

  it('shows the cloud in a notebook, from data to θ and history in binary', async () => {
    const config = { model: { activation: 'tanh', width: 64 }, dynamics: { dt: 0.2, steps: 12 } } as const;
    const script = HOST.replace('CONFIG', JSON.stringify(config));
    put(
      project,
      'index.html',
      `<!doctype html><link rel="icon" href="data:," /><div id="here"></div><script type="module">${script}</script>`,
    );
    await visited(project, async (page, faults) => {
      const saved = await page.waitForFunction(() => {
        const { saved } = globalThis as { saved?: Record<'theta' | 'history', DataView> & { shape: number[] } };
        const list = (view: DataView): number[] => [...new Float64Array(view.buffer)];
        return saved && { theta: list(saved.theta), history: list(saved.history), shape: saved.shape };
      }, WAIT);
      const { theta, history, shape } = (await saved.jsonValue())!;
      const data = { inline: { x: [[-1], [0], [1], [2]], y: [1, 0, 1, 4] } };
      const same = await openRun({ ...config, data }, cpu());
      await same.step(12);
      const wanted = await same.theta();
      expect(shape).toEqual(wanted.shape);
      expect(Math.max(...theta.map((value, i) => Math.abs(value - wanted.data[i])))).toBeLessThan(1e-12);
      const { step, t, loss } = same.metrics();
      expect(history.slice(-3, -1)).toEqual([step, t]);
      expect(history.at(-1)).toBeCloseTo(loss, 12);
      same.close();
      await untilInked(page, '#here', 0.005);
      const legend = await page.$eval('#here > *', (cloud) => {
        const [outer, key] = [cloud, cloud.shadowRoot!.querySelector('.cloud-legend')!].map((part) =>
          part.getBoundingClientRect(),
        );
        return { isWithin: key.bottom <= outer.bottom && key.right <= outer.right, lines: key.height / 12 };
      });
      expect(legend).toEqual({ isWithin: true, lines: expect.closeTo(1.2, 0) });
      await page.evaluate(() => (globalThis as unknown as { leave(): void }).leave());
      expect(await page.$eval('#here', (here) => here.childElementCount)).toBe(0);
      expect(faults).toEqual([]);
    });
  });

  it('and from a bundler, on its CPU and its GPU', async () => {
    const bundled = SCRIPT.replace(/'\.\/node_modules[^']*core\.js'/, "'mckean'")
      .replace(/'\.\/node_modules[^']*cpu\.web\.js'/, "'mckean/cpu'")
      .replace('<script type="module">', `<script type="module">\nimport { gpu } from 'mckean/gpu';`)
      .replace(
        'run.close();',
        `const other = await openRun(run.config(), gpu());
        await other.step(10);
        if (other.metrics().loss.toFixed(4) !== run.metrics().loss.toFixed(4)) document.title = 'apart';
        run.close();`,
      );
    expect(bundled).not.toContain('node_modules');
    put(project, 'index.html', `<!doctype html><link rel="icon" href="data:," />${bundled}`);
    await build({ root: project, configFile: false, logLevel: 'error', build: { target: 'es2022' } });
    const seen = await titleOf(join(project, 'dist'));
    expect(seen).toMatchObject(WANTED);
    expect(seen.workers).toBeGreaterThan(0);
  });
});
