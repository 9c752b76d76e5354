/**
 * The mean-field PDE on a GPU, in float32. The density stays there; the host reads the field now and then, to
 * choose the step.
 */
import { largest, longestStep, widthOf, type Axis } from '../../core/analysis/pde.ts';
import { WORKGROUP } from '../../../shaders/particle.ts';
import { PdeGrid, columnWeights, densityField, densityOutputs, transport } from '../../../shaders/pde.ts';
import { Memory } from '../../gpu/memory.ts';
import { makePass, type Limits } from '../../gpu/pass.ts';
import { Readback } from '../../gpu/readback.ts';
import { Scheduler, type Dispatch } from '../../gpu/schedule.ts';
import type { GpuContext } from '../../gpu/device.ts';
import type { Density, DensityProblem } from '../density.ts';

/**
 * Steps between two looks at the field, and the share of the longest step that is taken meanwhile: the field
 * must not double.
 */
const CHUNK = 8;
const SHARE = 0.5;
/** Cost is in cells and pairs of a cell and a sample. */
const LIMITS: Limits = { most: 2 ** 24, overhead: 2 ** 12 };

interface Passes {
  /** f, r and the field of a density. */
  readonly meet: readonly Dispatch[];
  readonly step: readonly Dispatch[];
}

export async function createWebGpuDensity(gpu: GpuContext, problem: DensityProblem): Promise<Density> {
  const memory = new Memory(gpu);
  try {
    const solver = new WebGpuDensity(gpu, problem, memory, await allocate(memory, problem));
    await solver.open();
    return solver;
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

type Buffers = Record<'mass' | 'trial' | 'weight' | 'field' | 'x' | 'y' | 'f' | 'r', GPUBuffer>;

async function allocate(memory: Memory, { samples, w1, w0, mass }: DensityProblem): Promise<Buffers> {
  if (samples.d !== 1)
    throw new RangeError(`the PDE is solved for one input without bias, d = 1, not d = ${samples.d}`);
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const usage = STORAGE | COPY_SRC | COPY_DST;
  const floats = (count: number): { size: number; usage: number } => ({ size: 4 * count, usage });
  const cells = w1.cells * w0.cells;
  const { m } = samples;
  const buffers = await memory.allocate({
    mass: floats(cells),
    trial: floats(cells),
    weight: floats(w0.cells),
    field: floats(2 * w0.cells),
    x: floats(m),
    y: floats(m),
    f: floats(m),
    r: floats(m),
  });
  const { queue } = memory.context.device;
  for (const [buffer, values] of [
    [buffers.mass, mass],
    [buffers.x, samples.x],
    [buffers.y, samples.y],
  ] as const)
    queue.writeBuffer(buffer, 0, Float32Array.from(values));
  return buffers;
}

class WebGpuDensity implements Density {
  t = 0;
  readonly adapter: string;
  private readonly readback: Readback;
  private readonly scheduler: Scheduler;
  private passes: Passes = { meet: [], step: [] };
  private readonly uniform: GPUBuffer;

  constructor(
    private readonly gpu: GpuContext,
    private readonly problem: DensityProblem,
    private readonly memory: Memory,
    private readonly buffers: Buffers,
  ) {
    this.adapter = gpu.adapter;
    this.readback = new Readback(gpu);
    this.scheduler = new Scheduler(gpu, { first: LIMITS.most, target: 60 });
    this.uniform = memory.constant('grid', this.pack(0));
  }

  async open(): Promise<void> {
    const {
      activation,
      loss,
      w1,
      w0,
      samples: { m },
    } = this.problem;
    const { mass, trial } = this.buffers;
    const pass = (
      shader: Parameters<typeof makePass>[1]['shader'],
      threads: number,
      cost: number,
      buffers = this.buffers,
    ): Promise<Dispatch[]> =>
      makePass(
        this.memory,
        { shader, buffers: { ...buffers, grid: this.uniform }, threads, workgroup: WORKGROUP, cost },
        LIMITS,
      );
    const meet = async (of: GPUBuffer): Promise<Dispatch[]> => [
      ...(await pass(columnWeights(), w0.cells, w1.cells, { ...this.buffers, mass: of })),
      ...(await pass(densityOutputs({ activation, loss }), m, w0.cells)),
      ...(await pass(densityField({ activation }), w0.cells, m)),
    ];
    const move = (last: boolean): Promise<Dispatch[]> => pass(transport({ last }), w1.cells * w0.cells, 1);
    const atMass = await meet(mass);
    this.passes = {
      meet: atMass,
      step: [...(await move(false)), ...(await meet(trial)), ...(await move(true)), ...atMass],
    };
    await this.run(this.passes.meet);
  }

  async advanceTo(t: number): Promise<void> {
    while (this.t < t) {
      const most = await this.longest();
      const left = t - this.t;
      const steps = Math.ceil(left / (SHARE * most));
      const dt = left / steps;
      const count = Math.min(CHUNK, steps);
      this.gpu.device.queue.writeBuffer(this.uniform, 0, this.pack(dt));
      for (let k = 0; k < count; k++) await this.scheduler.run(this.passes.step);
      await this.scheduler.submit();
      if ((await this.longest()) < dt)
        throw new Error(
          `the PDE's field doubled within ${CHUNK} steps of ${dt}: choose a smaller step of time`,
        );
      this.t = count === steps ? t : this.t + count * dt;
    }
  }

  async mass(): Promise<Float64Array> {
    return this.floats(this.buffers.mass, this.problem.mass.length);
  }

  async f(): Promise<Float64Array> {
    return this.floats(this.buffers.f, this.problem.samples.m);
  }

  destroy(): void {
    this.readback.destroy();
    this.memory.destroy();
  }

  private async run(dispatches: readonly Dispatch[]): Promise<void> {
    await this.scheduler.run(dispatches);
    await this.scheduler.submit();
  }

  private async longest(): Promise<number> {
    const field = await this.floats(this.buffers.field, 2 * this.problem.w0.cells);
    return longestStep(
      this.problem,
      largest(field.filter((_, i) => i % 2 === 0)),
      largest(field.filter((_, i) => i % 2 === 1)),
    );
  }

  private async floats(buffer: GPUBuffer, count: number): Promise<Float64Array> {
    return Float64Array.from(
      new Float32Array(await this.readback.read([{ buffer, offset: 0, size: 4 * count }])),
    );
  }

  private pack(dt: number): ArrayBuffer {
    const {
      w1,
      w0,
      samples: { m },
    } = this.problem;
    const pair = (of: (axis: Axis) => number): [number, number] => [of(w1), of(w0)];
    return PdeGrid.pack({
      low: pair(({ low }) => low),
      width: pair(widthOf),
      rows: w1.cells,
      columns: w0.cells,
      m,
      dt,
    });
  }
}
