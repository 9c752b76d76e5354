/** Grids of cells: what they are made of, how they are cut, and what is refused. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complete, type ConfigInput } from '../../src/core/config/config.ts';
import { readSweep } from '../../src/core/config/sweep.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { createCpuReplicas } from '../../src/engines/cpu/replicas.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { chunksOf, MOST_CHUNKS } from '../../src/experiments/sweep/chunks.ts';
import { cellOf, expand } from '../../src/experiments/sweep/expand.ts';
import { checkLaws, LAW_NAMES } from '../../src/experiments/sweep/laws.ts';
import { isDiverged, outcomes, preparedOne } from '../../src/experiments/sweep/outcome.ts';
import { NO_FILES } from '../support/no-files.ts';

const BASE = {
  data: { dataset: 'curve', samples: 6 },
  dynamics: { dt: 0.2, steps: 4 },
  method: 'direct',
} as const;
const list = (count: number): number[] => Array.from({ length: count }, (_, k) => k + 1);
const GRID = { 'model.width': [8, 16, 32, 64, 128, 512], 'initial.seed': list(64) };

const lab = {
  files: NO_FILES,
  open: (problem: Problem) =>
    (problem.replicas ?? 1) > 1 ? createCpuReplicas(problem) : createCpuEngine(problem),
  expect: () => undefined,
  done: () => undefined,
};

describe('a grid', () => {
  it('has every choice once; a cell is the configuration with its values at their paths', () => {
    const { families, seeds } = expand(BASE, {
      'model.activation': ['tanh', 'relu'],
      'model.width': [8, 4],
      'initial.seed': [3, 1],
      parameterization: ['ntk', { a: 0.75, kappa: 0.5 }],
    });
    expect(seeds).toEqual([1, 3]);
    expect(families.map(({ settings }) => settings)).toEqual([
      { 'model.activation': 'tanh', parameterization: 'ntk' },
      { 'model.activation': 'tanh', parameterization: { a: 0.75, kappa: 0.5 } },
      { 'model.activation': 'relu', parameterization: 'ntk' },
      { 'model.activation': 'relu', parameterization: { a: 0.75, kappa: 0.5 } },
    ]);
    expect(families[3].groups.map(({ n }) => n)).toEqual([4, 8]);
    expect(cellOf(families[3].groups[0], 3)).toEqual(
      complete({
        ...BASE,
        model: { activation: 'relu', width: 4 },
        initial: { seed: 3 },
        parameterization: { a: 0.75, kappa: 0.5 },
      }),
    );
  });

  it('has whole numbers one after the other where their ends are given, as the README has them', () => {
    const [, text] = /```json\n(\{\s*"base"[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))!;
    const { base, grid, measure } = readSweep(JSON.parse(text), LAW_NAMES);
    expect(grid['initial.seed']).toEqual(list(64));
    const { families, seeds } = expand(base as ConfigInput, grid);
    expect([families.length, seeds.length]).toEqual([9, 64]);
    expect(() => checkLaws(measure, { families, seeds })).not.toThrow();
  });

  it('reaches into data, which else is replaced whole', () => {
    const { families } = expand(BASE, { 'data.samples': [3, 5] });
    expect(families.map(({ groups }) => groups[0].config.data)).toMatchObject([{ samples: 3 }, { samples: 5 }]);
  });
});

describe('chunks', () => {
  it('have the work that was asked for, at most 500 cells, or one cell that takes longer', () => {
    const chunks = chunksOf([...Array<number>(1200).fill(0.1), 700, 400, 300], 600);
    expect(chunks.map(({ from, to }) => to - from)).toEqual([500, 500, 200, 1, 1, 1]);
    expect(chunks.at(-1)).toEqual({ from: 1202, to: 1203, seconds: 300 });
  });
  it('are a thousand at most, and have every cell', () => {
    const chunks = chunksOf(Array<number>(10_000).fill(400), 600);
    expect(chunks.length).toBeLessThanOrEqual(MOST_CHUNKS);
    expect(chunks.map(({ from }) => from)).toEqual([0, ...chunks.slice(0, -1).map(({ to }) => to)]);
    expect(chunks.at(-1)!.to).toBe(10_000);
  });
});

describe('a cell', () => {
  it('has the bits that it has alone, whatever replicas share its engine', async () => {
    const [{ groups }] = expand(BASE, { 'model.width': [12] }).families;
    const one = await preparedOne(groups[0].config, lab);
    const path = Float64Array.from({ length: 4 * 6 }, (_, i) => Math.sin(i));
    const together = await outcomes(lab, cellOf(groups[0], 5), 3, one, path);
    for (const [k, outcome] of together.entries())
      expect(await outcomes(lab, cellOf(groups[0], 5 + k), 1, one, path)).toEqual([outcome]);
    expect(together[0]).not.toEqual(together[1]);
    expect(together[0]).toMatchObject({ engine: 'cpu', steps: [0, 2, 4] });
  });

  it('says that it diverged, and leaves its neighbours as they are', async () => {
    const [{ groups }] = expand(
      { ...BASE, model: { activation: 'quadratic', width: 2 }, dynamics: { dt: 3, steps: 40 } },
      {},
    ).families;
    const one = await preparedOne(groups[0].config, lab);
    const found = await outcomes(lab, cellOf(groups[0], 1), 24, one, null);
    const diverged = found.filter(isDiverged);
    expect(diverged.length).toBeGreaterThan(0);
    expect(diverged.length).toBeLessThan(24);
    expect(diverged[0].failure).toMatch(/^the run diverged at step \d+/);
    const whole = found.findIndex((outcome) => !isDiverged(outcome));
    expect(await outcomes(lab, cellOf(groups[0], 1 + whole), 1, one, null)).toEqual([found[whole]]);
  });
});

describe('refused in one sentence', () => {
  const planned = (input: unknown) => {
    const { base, grid, measure } = readSweep(input, LAW_NAMES);
    const expanded = expand(typeof base === 'string' ? { preset: base } : (base as typeof BASE), grid);
    checkLaws(measure, expanded);
  };
  it.each<[unknown, RegExp]>([
    [{ grid: {} }, /^base is missing: give a preset, or a configuration$/],
    [[], /^the sweep = \[\] is not valid: give an object$/],
    [{ base: 'tanh-curv', grid: {} }, /preset = "tanh-curv" is not a preset: did you mean "tanh-curve"\?/],
    [{ base: BASE, grid: {}, mesure: 'clt' }, /^mesure is not a field of a sweep: did you mean "measure"\?$/],
    [
      { base: BASE, grid: {}, measure: 'energy' },
      /^measure = "energy" is not valid: give one of law-of-large-numbers, clt, coupling$/,
    ],
    [
      { base: BASE, grid: { 'model.widht': [3] } },
      /^a cell with .*: model\.widht is not a field of a configuration: did you mean "width"\?$/,
    ],
    [{ base: BASE, grid: { 'model.width': 64 } }, /model\.width.* = 64 is not valid: give a list of values/],
    [{ base: BASE, grid: { 'model.width': [] } }, /give at least one value$/],
    [{ base: BASE, grid: { 'model.width': [4, 4] } }, /^grid\["model\.width"\] has 4 twice: leave one out$/],
    [{ base: BASE, grid: { 'initial.seed': [-1] } }, /^initial\.seed = -1 is not valid/],
    [
      { base: BASE, grid: { 'initial.seed': { first: 1, lsat: 3 } } },
      /= \{"first":1,"lsat":3\} is not valid: give a list of values, or whole numbers as \{ "first": 1, "last": 64 \}$/,
    ],
    [
      { base: BASE, grid: { 'initial.seed': { first: 3, last: 1 } } },
      /goes from 3 to 1: give the smaller one first$/,
    ],
    [
      { base: BASE, grid: { 'initial.seed': { first: 0, last: 1e9 } } },
      /has 1,000,000,001 values, the limit is 100,000/,
    ],
    [
      { base: BASE, grid: { dynamics: [{ dt: 1 }], 'dynamics.dt': [2] } },
      /^grid has "dynamics" beside "dynamics\.dt", which is a part of it/,
    ],
    [
      { base: BASE, grid: { model: [{ activation: 'tanh' }, { width: 9 }] } },
      /^grid has "model" beside "model\.width", which is a part of it/,
    ],
    [{ base: BASE, grid: { '__proto__.x': [1] } }, /is no path of a field/],
    [{ base: BASE, grid: GRID, chunk: { seconds: 0 } }, /^chunk\.seconds = 0 is not valid/],
    [
      { base: BASE, grid: { 'initial.seed': list(10_000), 'dynamics.dt': list(1000) } },
      /^grid has 10,000,000 cells, the limit is 100,000/,
    ],
    [
      { base: BASE, grid: { ...GRID, 'initial.seed': [1, 2] }, measure: 'clt' },
      /has 2 seeds: an interval needs at least 64/,
    ],
    [
      { base: BASE, grid: { ...GRID, 'model.width': [4, 8, 16, 32, 64] }, measure: 'clt' },
      /clt needs at least 5 widths of at most a quarter of the widest/,
    ],
    [
      { base: BASE, grid: { ...GRID, parameterization: ['naive'] }, measure: 'clt' },
      /f moves at a rate that depends on n unless κ = 2a − 1/,
    ],
    [
      { base: BASE, grid: { ...GRID, 'dynamics.integrator': ['rk4'] }, measure: ['coupling'] },
      /^measure coupling: .*need "euler"$/,
    ],
  ])('%#', (input, sentence) => expect(() => planned(input)).toThrow(sentence));

  it('and what theory covers is not', () =>
    expect(() =>
      planned({ base: BASE, grid: { ...GRID, parameterization: ['ntk', 'mean-field'] }, measure: LAW_NAMES }),
    ).not.toThrow());
});
