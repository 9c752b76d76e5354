/**
 * Trials of an adapter: they change no bit, the choice follows from the times, and what is remembered is
 * believed only where it holds.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileStore } from '../../src/cli/machine/store.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import { candidates, usualTuning, type Tuning } from '../../src/engines/webgpu/tuning.ts';
import {
  allRemembered,
  remembered,
  tune,
  tuningFor,
  type Timer,
} from '../../src/engines/webgpu/opening/tune.ts';
import type { Store } from '../../src/engines/store.ts';
import { expectSameBits } from '../support/close.ts';
import { openGpu } from '../support/gpu.ts';
import { draw, problemOf } from '../support/problems.ts';

const gpu = await openGpu();
const KIND = { activation: 'tanh', d: 2 } as const;

function memoryStore(document: unknown = null): Store {
  return { get: () => document, set: (value) => void (document = JSON.parse(JSON.stringify(value))) };
}

/** Times that follow from the choice alone. */
const scripted =
  (time: (tuning: Tuning) => number): Timer =>
  (tuning) =>
    Promise.resolve(time(tuning));

describe('every choice that is tried', () => {
  it.each([
    { d: 2, n: 2049, integrator: 'euler' },
    { d: 3, n: 1025, integrator: 'heun' },
    { d: 17, n: 513, integrator: 'euler' },
  ] as const)(
    'gives the same θ, f, losses and predictions, bit for bit: d = $d',
    async ({ d, n, integrator }) => {
      const problem = problemOf(draw({ n, m: 65, d }, d), 'mean-field', { integrator });
      const inputs = problem.x.slice(0, 33 * d);
      const run = async (tuning: Tuning): Promise<number[]> => {
        const engine = await createWebGpuEngine(gpu, problem, { tuning });
        const losses = await engine.advance(3, { every: 1 });
        const bits = [
          ...losses.map(({ loss }) => loss),
          ...(await engine.theta()),
          ...(await engine.f()),
          ...(await engine.predict(inputs)),
        ];
        engine.destroy();
        return bits;
      };
      const { p: ps, q: qs, staged } = candidates({ d });
      const want = await run(usualTuning({ d }, true));
      const ways = [
        // each p and each q twice: a pipeline reads one of the two
        ...ps.flatMap((p, i) => [i, i + 1].map((k) => ({ p, q: qs[k % qs.length], staged: 0 }))),
        ...qs.map((q, i) => ({ p: ps[i % ps.length], q, staged: 0 })),
        // barriers are dear in software: staged.test.ts has more of them
        ...staged.slice(1).map((threads, i) => ({ p: ps[i + 1], q: qs[i], staged: threads })),
      ];
      for (const way of ways) expectSameBits(JSON.stringify(way), await run(way), want);
    },
  );

  it('is among the candidates, as is what the rule takes', () => {
    for (const d of [1, 2, 3, 7, 8, 15, 16, 17, 64, 784]) {
      for (const software of [false, true]) {
        for (const activation of ['tanh', 'relu'] as const) {
          const kind = { activation, d };
          const { p, q, staged } = usualTuning(kind, software);
          const tried = candidates(kind);
          expect([d, tried.p.includes(p), tried.q.includes(q), tried.staged.includes(staged)]).toEqual([
            d,
            true,
            true,
            true,
          ]);
        }
      }
    }
  });
});

describe('a choice', () => {
  it('is the fastest, p and q each for itself, with the time that it saves', async () => {
    const tuned = await tune(gpu, KIND, {
      timer: scripted(({ p, q }) => (p === 2 ? 6 : 10) * (q === 16 ? 0.5 : 1)),
    });
    expect(tuned).toMatchObject({ ...KIND, p: 2, q: 16 });
    expect(tuned.gain).toBeCloseTo(1 - 0.6 * 0.5, 12);
  });

  it('stays with the rule where nothing is 5 % faster', async () => {
    const usual = usualTuning(KIND, gpu.software);
    const tuned = await tune(gpu, KIND, {
      timer: scripted(({ p, q }) => (p === usual.p && q === usual.q ? 10 : 9.6)),
    });
    expect(tuned).toMatchObject({ ...usual, gain: 0 });
  });

  it('is not led by one lucky time, nor by a rule that was disturbed but once', async () => {
    const usual = usualTuning(KIND, gpu.software);
    const calls = new Map<number, number>();
    const lucky = scripted(({ p }) => {
      calls.set(p, (calls.get(p) ?? 0) + 1);
      return p !== usual.p && calls.get(p) === 2 ? 1 : 10;
    });
    expect(await tune(gpu, KIND, { timer: lucky })).toMatchObject({ p: usual.p, gain: 0 });
    let turn = 0;
    const disturbed = scripted(({ p, q }) => (p !== usual.p || q !== usual.q ? 9 : 10 + 5 * turn++));
    expect(await tune(gpu, KIND, { timer: disturbed })).toMatchObject({ ...usual, gain: 0 });
  });

  it('is found by the clock, from trials apart from other work', async () => {
    let inside = 0;
    let most = 0;
    const alone = async <T>(work: () => Promise<T>): Promise<T> => {
      most = Math.max(most, ++inside);
      return work().finally(() => inside--);
    };
    const { p, q } = await tune(gpu, { activation: 'relu', d: 3 }, { alone });
    expect([candidates({ d: 3 }).p.includes(p), candidates({ d: 3 }).q.includes(q), most]).toEqual([
      true,
      true,
      1,
    ]);
  });
});

describe('what is remembered', () => {
  const faster = scripted(({ p, q }) => 10 / (p * q));

  it('comes back through a file, and only for the adapter, driver, Φ, d and shaders that it was found for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mckean-'));
    const store = fileStore('tunings.json', folder);
    const tuned = await tune(gpu, KIND, { store, timer: faster });
    await tune(gpu, { activation: 'relu', d: 2 }, { store, timer: faster });
    const again = fileStore('tunings.json', folder);
    expect(remembered(gpu, KIND, again)).toMatchObject(tuned);
    expect(allRemembered(gpu, again).map(({ activation }) => activation)).toEqual(['tanh', 'relu']);
    const { adapter, driver, software } = gpu;
    expect(remembered({ adapter, driver: `${driver}.1`, software }, KIND, again)).toBeNull();
    expect(remembered({ adapter: 'another', driver, software }, KIND, again)).toBeNull();
    expect(remembered(gpu, { ...KIND, d: 3 }, again)).toBeNull();
    expect(remembered(gpu, { ...KIND, activation: 'erf' }, again)).toBeNull();
    const entries = again.get() as object[];
    again.set(entries.map((entry) => ({ ...entry, features: 'another' })));
    expect(remembered(gpu, KIND, again)).toBeNull();
    again.set(entries.map((entry) => ({ ...entry, shaders: 'others' })));
    expect(remembered(gpu, KIND, again)).toBeNull();
  });

  it('a second trial replaces the first', async () => {
    const store = memoryStore();
    await tune(gpu, KIND, { store, timer: faster });
    await tune(gpu, KIND, { store, timer: scripted(({ p, q }) => p * q) });
    expect(allRemembered(gpu, store)).toMatchObject([{ ...KIND, p: 1, q: 2 }]);
  });

  it('counts for nothing where it is damaged, and is written anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mckean-'));
    const path = join(folder, 'tunings.json');
    const store = fileStore('tunings.json', folder);
    const good = memoryStore();
    await tune(gpu, KIND, { store: good, timer: faster });
    const [entry] = good.get() as [object];
    const damaged = [
      [{ ...entry, p: 3 }],
      [{ ...entry, q: '8' }],
      [{ ...entry, d: null }],
      [{ ...entry, features: undefined }], // of a version that knew one feature map
      [null, 7],
      { p: 8 },
    ].map((value) => JSON.stringify(value));
    for (const text of ['', '{"p": 8', 'null', ...damaged]) {
      writeFileSync(path, text);
      expect([text, remembered(gpu, KIND, store)]).toEqual([text, null]);
    }
    await tune(gpu, KIND, { store, timer: faster });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(1);
  });

  it('is not missed where no folder can be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mckean-')), 'file');
    writeFileSync(file, '');
    const store = fileStore('tunings.json', join(file, 'below'));
    expect(store.get()).toBeNull();
    await tune(gpu, KIND, { store, timer: faster });
    expect(store.get()).toBeNull();
  });

  it('serves any run; a trial is made for a long one alone', async () => {
    const store = memoryStore();
    const problem = problemOf(draw({ n: 100, m: 10, d: 2 }, 1));
    expect(await tuningFor(gpu, problem, store, 1000)).toBeNull();
    expect(await tuningFor(gpu, problem, undefined, 1e12)).toBeNull();
    const found = await tuningFor(gpu, problem, store, 1e12);
    expect(found).toMatchObject(KIND);
    expect(await tuningFor(gpu, problem, store, 0)).toMatchObject(found!);
  });

  it('an engine finds it in between its steps, and moves as without', async () => {
    const store = memoryStore();
    const problem = problemOf(draw({ n: 257, m: 10, d: 2 }, 1));
    const engine = await createWebGpuEngine(gpu, problem);
    const tuning = engine.tune(store);
    await engine.advance(3);
    await tuning;
    await engine.advance(2);
    const other = await createWebGpuEngine(gpu, problem);
    await other.advance(5);
    expectSameBits('θ', await engine.theta(), await other.theta());
    expect(remembered(gpu, KIND, store)).toMatchObject(KIND);
    engine.destroy();
    await expect(engine.tune(memoryStore())).rejects.toThrow('the engine is destroyed');
  });
});
