/** One device for all engines and densities of a process, with what is compiled for it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDawn } from '../../src/cli/machine/dawn.ts';
import { cdfOf } from '../../src/core/laws.ts';
import { massesOf, type Axis } from '../../src/core/analysis/pde.ts';
import type { DensityProblem } from '../../src/engines/density.ts';
import { openDensity, openEngine, type Platform } from '../../src/engines/select.ts';
import { measure, plan } from '../../src/experiments/measure/measure.ts';
import { keptDevice } from '../../src/gpu/kept-device.ts';
import { expectRejection } from '../support/close.ts';
import { WAIT } from '../support/patience.ts';
import { turn } from '../support/turn.ts';
import { draw, problemOf } from '../support/problems.ts';
import type { Method, Problem } from '../../src/engines/engine.ts';

/** A driver grants some 64 devices; this one fewer. */
const GRANTED = 8;
const REFUSAL = 'vkCreateDevice failed with VK_ERROR_INITIALIZATION_FAILED';

/** Dawn's WebGPU as one of its own: `granted` devices, of which the next is refused. */
class Driver {
  granted = 0;
  readonly gpu: GPU;
  readonly platform: Platform;

  private constructor(dawn: GPU) {
    const requestAdapter = async (options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
      const adapter = await dawn.requestAdapter(options);
      return adapter && this.miserly(adapter);
    };
    this.gpu = Object.create(dawn, { requestAdapter: { value: requestAdapter } }) as GPU;
    this.platform = { gpu: async () => ({ gpu: this.gpu, reason: '' }), cpu: {}, autoTakesSoftware: true };
  }

  static async open(): Promise<Driver> {
    const { gpu, reason } = await openDawn();
    if (!gpu) throw new Error(`the GPU engine cannot be tested here: ${reason}`);
    return new Driver(gpu);
  }

  /** The device of all. */
  async device(): Promise<GPUDevice> {
    return (await keptDevice(this.gpu))!.device;
  }

  private miserly(adapter: GPUAdapter): GPUAdapter {
    const grant = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = (descriptor) =>
      this.granted++ < GRANTED
        ? grant(descriptor)
        : Promise.reject(new DOMException(REFUSAL, 'OperationError'));
    return adapter;
  }
}

/** Of an engine with direct sums, some 24: its state, samples, sums, timetable and what each pass is told. */
const BUFFERS = 26;

const problem = problemOf(draw({ n: 65, m: 20, d: 2 }, 1));
const open = async (of: Problem, platform: Platform, method: Method = 'direct') =>
  (await openEngine({ engine: 'webgpu', method }, of, platform)).engine;

const axis: Axis = { low: -5, high: 5, cells: 32 };
const normal = cdfOf({ law: 'normal' })!;
const density: DensityProblem = {
  samples: { m: 2, d: 1, x: Float64Array.of(-1, 0.5), y: Float64Array.of(-0.5, 1) },
  activation: 'tanh',
  loss: 'squared',
  w1: axis,
  w0: axis,
  mass: massesOf(axis, normal, axis, normal),
};

/** Buffers made on any device, and those of them that live. */
function countBuffers() {
  const made = vi.spyOn(GPUDevice.prototype, 'createBuffer');
  const freed = vi.spyOn(GPUBuffer.prototype, 'destroy');
  const buffers = (): GPUBuffer[] => made.mock.results.map(({ value }) => value as GPUBuffer);
  return {
    made: () => buffers().length,
    alive: () => {
      const gone = new Set(freed.mock.contexts);
      return buffers().flatMap((buffer) => (gone.has(buffer) ? [] : [buffer.label]));
    },
  };
}

let driver: Driver;
beforeEach(async () => void (driver = await Driver.open()));
afterEach(async () => {
  vi.restoreAllMocks();
  (await driver.device()).destroy();
});

describe('a driver that grants eight devices', () => {
  it('is asked for one by thirty engines and densities, of which no buffer is left', async () => {
    const { made, alive } = countBuffers();
    for (let k = 0; k < 10; k++) {
      const engine = await open(problem, driver.platform);
      await engine.advance(2);
      await engine.predict(problem.x);
      await engine.observables();
      engine.destroy();
      const mesh = await open(problem, driver.platform, 'mesh');
      await mesh.advance(2);
      mesh.destroy();
      const pde = await openDensity('webgpu', density, driver.platform);
      await pde.advanceTo(0.05);
      await pde.mass();
      pde.destroy();
    }
    expect(driver.granted).toBe(1);
    expect(made()).toBeGreaterThan(100);
    await vi.waitFor(() => expect(alive()).toEqual([]), WAIT);
  });

  it('suffices for measurements of many engines, which share what is compiled', async () => {
    const unread = (): Promise<never> => Promise.reject(new Error('no file is read'));
    const { made, alive } = countBuffers();
    const compiled = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync');
    const engines = vi.fn((of: Problem) => open(of, driver.platform));
    for (const [name, given] of [
      ['exponents', { widths: [8, 12, 16, 24, 32], replicas: 64 }],
      ['abc-symmetry', { widths: [16] }],
      ['invariants', { widths: [16] }],
    ] as const) {
      const { points, checks = [] } = await measure(plan(name, { given: {}, ...given }), {
        open: engines,
        density: (of) => openDensity('webgpu', of, driver.platform),
        files: { readBytes: unread, note: () => undefined },
        onProgress: () => undefined,
      });
      expect(points.length + checks.length).toBeGreaterThan(0);
    }
    const opened = engines.mock.calls.length;
    expect(opened).toBeGreaterThan(2 * GRANTED);
    expect(driver.granted).toBe(1);
    // a shader is named after all that its text depends on: no n, no m, no law
    const names = compiled.mock.calls.map(([{ label }]) => label);
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBe(new Set(names).size);
    expect(names.length).toBeLessThan(opened / 3);
    expect(made()).toBeLessThan(BUFFERS * opened);
    await vi.waitFor(() => expect(alive()).toEqual([]), WAIT);
  });

  it('is left without a buffer by engines that are replaced while they try the adapter (32)', async () => {
    const { made, alive } = countBuffers();
    for (const turns of [0, 20]) {
      const engine = await open(problem, driver.platform);
      const trial = engine.tune!({ get: () => null, set: () => undefined });
      for (let k = 0; k < turns; k++) await turn();
      engine.destroy();
      await trial.catch(() => undefined);
    }
    expect(made()).toBeGreaterThan(50);
    await vi.waitFor(() => expect(alive()).toEqual([]), WAIT);
  });

  it('is asked for one by those who open at the same time', async () => {
    const engines = await Promise.all(Array.from({ length: 12 }, () => open(problem, driver.platform)));
    expect(driver.granted).toBe(1);
    engines.forEach((engine) => engine.destroy());
  });

  it('is asked again once a device is lost or at fault, and when it refuses, that is said', async () => {
    for (let k = 1; k < GRANTED; k++) {
      const device = await driver.device();
      if (k % 2) device.destroy();
      else device.createBuffer({ size: 16, usage: 0 }); // an error that nobody expects
      await vi.waitFor(async () => expect(await driver.device()).not.toBe(device), WAIT);
      expect((await device.lost).reason).toBe('destroyed'); // what is replaced holds nothing any more
      expect(driver.granted).toBe(k + 1);
      const engine = await open(problem, driver.platform);
      await engine.advance(1);
      engine.destroy();
    }
    (await driver.device()).destroy();
    await vi.waitFor(async () => {
      const error = await expectRejection('the ninth', open(problem, driver.platform), 'UnavailableError');
      expect(error.message).toContain(REFUSAL);
    }, WAIT);
    driver.granted = 0;
    (await open(problem, driver.platform)).destroy();
  });
});

it.each(['direct', 'mesh'] as const)(
  'a second engine with %s sums of other n, m, θ and dt compiles nothing',
  async (method) => {
    const compiled = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync');
    const use = async (of: Problem): Promise<void> => {
      const engine = await open(of, driver.platform, method);
      await engine.advance(2);
      await engine.predict(of.x);
      engine.destroy();
    };
    await use(problem);
    const first = compiled.mock.calls.length;
    expect(first).toBeGreaterThan(2);
    await use({ ...problemOf(draw({ n: 130, m: 33, d: 2 }, 2)), dt: 0.05 });
    expect(compiled.mock.calls.length).toBe(first);
    await use(problemOf(draw({ n: 65, m: 20, d: 2 }, 1), 'mean-field', { activation: 'sigmoid' }));
    expect(compiled.mock.calls.length).toBeGreaterThan(first); // other shaders are compiled
  },
);

it('a second density compiles nothing', async () => {
  const compiled = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync');
  (await openDensity('webgpu', density, driver.platform)).destroy();
  const first = compiled.mock.calls.length;
  expect(first).toBeGreaterThan(2);
  (await openDensity('webgpu', density, driver.platform)).destroy();
  expect(compiled.mock.calls.length).toBe(first);
});
