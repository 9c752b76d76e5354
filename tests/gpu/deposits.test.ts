/** Deposits gathered in a workgroup's memory: forced here, since a software adapter makes them one by one. */
import { describe, expect, it, vi } from 'vitest';
import type { MethodName } from '../../src/core/methods/methods.ts';
import type { Problem } from '../../src/engines/engine.ts';
import type { Tuning } from '../../src/engines/webgpu/tuning.ts';
import { regionsOver } from '../../src/engines/webgpu/sums/regions.ts';
import { Scheduler } from '../../src/gpu/schedule.ts';
import { expectSameBits } from '../support/close.ts';
import { bitsOf } from '../support/engine-bits.ts';
import { cloud, directOutputs, samplesOf } from '../support/fast-sums.ts';
import { openGpu } from '../support/gpu.ts';

const gpu = await openGpu();

const PLAIN = { p: 1, q: 4, staged: 0 } as const;
const STAGED = { p: 1, q: 4, staged: 64 } as const;

interface Shape {
  readonly n: number;
  readonly m: number;
  readonly d?: number;
  readonly size?: number;
  readonly theta?: Float64Array;
}

function problem({ n, m, d = 2, size = 1.2, theta }: Shape, more: Partial<Problem> = {}): Problem {
  const { x } = samplesOf(m, d, true, 3);
  const y = Float64Array.from({ length: m }, (_, a) => Math.sin(3 * x[a * d]));
  const flow = { loss: 'squared', integrator: 'euler', dt: 0.3, outer: 1 / n, speed: 1 } as const;
  const drawn = theta ?? cloud(n, d, size, 4);
  return { n, m, d, x, y, theta: drawn.map(Math.fround), activation: 'tanh', ...flow, ...more };
}

/** All that an engine says, and which passes it made. */
async function told(
  of: Problem,
  method: MethodName,
  tuning: Tuning,
  { steps = 4, mostBytes }: { steps?: number; mostBytes?: number | undefined } = {},
): Promise<{ bits: number[]; passes: Set<string> }> {
  const add = vi.spyOn(Scheduler.prototype, 'add');
  const bits = await bitsOf(gpu, of, { method, tuning, ...(mostBytes && { mostBytes }) }, { steps });
  const passes = new Set(add.mock.calls.map(([{ pipeline }]) => pipeline.label));
  add.mockRestore();
  return { bits, passes };
}

async function expectEqual(
  of: Problem,
  method: MethodName,
  gathering: RegExp,
  options: { steps?: number; mostBytes?: number } = {},
): Promise<Set<string>> {
  const plain = await told(of, method, PLAIN, { ...options, mostBytes: undefined });
  const staged = await told(of, method, STAGED, options);
  expect([...plain.passes].filter((name) => gathering.test(name))).toEqual([]);
  expect([...staged.passes].some((name) => gathering.test(name))).toBe(true);
  expectSameBits('θ, f, losses, |b|', staged.bits, plain.bits);
  return staged.passes;
}

/** All in one place but for a few far away. */
function condensed(n: number, d = 2): Float64Array {
  const theta = cloud(n, d, 1, 5);
  for (let j = 9; j < n; j++) for (let k = 0; k <= d; k++) theta[j * (1 + d) + k] = [1.7, 0.31, 0.4][k];
  return theta;
}

describe('on a mesh', () => {
  it.each([
    ['odd numbers of everything, past two lists of particles', problem({ n: 2999, m: 67 }), {}],
    ['one coordinate', problem({ n: 777, m: 33, d: 1 }), {}],
    [
      'more samples than are read together, and two stages',
      problem({ n: 3001, m: 301 }, { integrator: 'heun' }),
      { steps: 2 },
    ],
    [
      'particles that leave their regions before they are listed anew',
      problem({ n: 2001, m: 21, size: 0.3 }, { dt: 1.5 }),
      { steps: 20 },
    ],
    ['a cloud that has condensed', problem({ n: 2049, m: 21, theta: condensed(2049) }), { steps: 1 }],
    ['particles in several buffers', problem({ n: 3000, m: 21 }), { mostBytes: 2 ** 15 }],
  ] as const)('change no bit: %s', async (_, of, options) => {
    const passes = await expectEqual(of, 'mesh', /by regions|by troops|staged/, options);
    // not what stands in their place where lists do not pay
    expect([...passes].some((name) => /scatter .* by regions/.test(name))).toBe(true);
  });

  it('change no bit where rows of nodes come from those that are summed', async () => {
    const of = problem({ n: 1999, m: 131 }, { activation: 'sigmoid' });
    const passes = await expectEqual(of, 'mesh', /by regions|by troops|staged/, { steps: 2 });
    expect([...passes].some((name) => /^fill rows/.test(name))).toBe(true);
  });

  it('are made one by one where regions have few particles, or are too many to be counted', async () => {
    const grid = { hu: 1, hv: 1, iFirst: -30, iLast: 34, jFirst: -100, jLast: 61 };
    expect(regionsOver(grid, { n: 1e4, d: 2 })).toEqual({ down: 4, across: 11 });
    expect(regionsOver(grid, { n: 32 * 44 - 1, d: 2 })).toBeNull();
    expect(regionsOver({ ...grid, iLast: 900, jLast: 900 }, { n: 1e7, d: 2 })).toBeNull();
    const of = problem({ n: 301, m: 21, size: 3 });
    const plain = await told(of, 'mesh', PLAIN);
    const staged = await told(of, 'mesh', STAGED);
    expect([...staged.passes].filter((name) => /regions/.test(name))).toEqual([]);
    expectSameBits('θ, f, losses, |b|', staged.bits, plain.bits);
  });
});

describe('by sectors', () => {
  const relu = (shape: Shape, more: Partial<Problem> = {}): Problem =>
    problem(shape, { activation: 'relu', ...more });
  it.each([
    ['odd numbers of everything', relu({ n: 2999, m: 67 }), {}],
    ['one sample, no more particles than one', relu({ n: 1, m: 1 }), {}],
    [
      'two stages, no more sectors than there is memory for',
      relu({ n: 999, m: 383 }, { integrator: 'heun' }),
      { steps: 4 },
    ],
    ['a cloud that has condensed', relu({ n: 4097, m: 21, theta: condensed(4097) }), { steps: 3 }],
    ['particles in several buffers', relu({ n: 3000, m: 21 }), { mostBytes: 2 ** 15 }],
  ] as const)('change no bit: %s', async (_, of, options) => {
    const passes = await expectEqual(of, 'sector', /scatter by sectors|by troops/, options);
    expect([...passes].some((name) => /scatter by sectors/.test(name))).toBe(true);
  });

  it('are made one by one where a workgroup has no memory for all sectors', async () => {
    const most = Math.floor(gpu.device.limits.maxComputeWorkgroupStorageSize / 16);
    const of = relu({ n: 99, m: Math.ceil(most / 2) + 1 });
    const { bits, passes } = await told(of, 'sector', STAGED, { steps: 1 });
    expect([...passes].filter((name) => /scatter by sectors/.test(name))).toEqual([]);
    expectSameBits('θ, f, losses, |b|', bits, (await told(of, 'sector', PLAIN, { steps: 1 })).bits);
  });
});

it('of a condensed cloud of 10⁵ particles sum up exactly, though every one meets every other', async () => {
  const n = 100_001;
  const of = problem({ n, m: 9, theta: condensed(n) }, { activation: 'relu' });
  const { bits } = await told(of, 'sector', STAGED, { steps: 0 });
  const f = directOutputs(of, of.theta as Float64Array, 'relu').map((value) => value / n);
  const found = bits.slice(1 + 3 * n, 1 + 3 * n + of.m);
  expect(Math.max(...found.map((value, a) => Math.abs(value - f[a])))).toBeLessThan(1e-6);
});
