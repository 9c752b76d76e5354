/**
 * How far drifts on a grid are from the definition, on a GPU (core/methods/drift-check.ts). The definition is summed in
 * float32 there; of a few particles it is summed in float64 here, which tells how much of an error is float32's.
 */
import { cellErrors } from '../../../../shaders/mesh/cell-errors.ts';
import { driftBounds, threadsOf } from '../../../../shaders/mesh/drift-bounds.ts';
import { driftCheck } from '../../../../shaders/mesh/drift-check.ts';
import { LANES } from '../../../../shaders/extent.ts';
import { CHECKED_PARTICLES } from '../../../core/methods/accuracy.ts';
import { driftError, type DriftError } from '../../../core/methods/accuracy.ts';
import { featureOf } from '../../../core/features/features.ts';
import { drift } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import type { Memory } from '../../../gpu/memory.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';
import type { Shader } from '../../../gpu/layout.ts';
import type { Problem } from '../../engine.ts';
import { run, type Rig } from '../rig.ts';

/** Particles that are summed in float64, at least and at most, and pairs that they may have. */
const FEW = { least: 4, most: 64, pairs: 2 ** 17 };
/** Of many roundings the largest is at most so many times the largest of a few. */
const SPREAD = 2;
/** Numbers of a compared particle: b on the grid, b as defined, the bounds of its cell, and itself. */
const COMPARED = 16;

/** Numbers of a lane (shaders/mesh/drift-bounds.ts). */
const LANE = 12;

/** How passes are made over a grid's buffers. */
export interface Passes {
  pass(
    shader: Shader,
    threads: number,
    cost: number,
    more?: Readonly<Record<string, GPUBuffer>>,
  ): Promise<Dispatch[]>;
  /** One a part of the particles. */
  each(
    shader: Shader,
    threads: (n: number) => number,
    cost: (n: number) => number,
    more?: Readonly<Record<string, GPUBuffer>>,
  ): Promise<Dispatch[]>;
}

export class MeshCheck {
  private constructor(
    private readonly problem: Problem,
    private readonly even: number,
    private readonly buffers: Readonly<Record<'lanes' | 'chosen' | 'slopes', GPUBuffer>>,
    private readonly dispatches: readonly Dispatch[],
  ) {}

  static async create(
    memory: Memory,
    problem: Problem,
    { nodes, staged }: { readonly nodes: number; readonly staged: boolean },
    { pass, each }: Passes,
  ): Promise<MeshCheck> {
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const { m, d, n, activation } = problem;
    const even = Math.min(CHECKED_PARTICLES, n);
    const compared = LANES + even;
    const { cells, ...buffers } = await memory.allocate({
      cells: { size: nodes * 32, usage: STORAGE },
      lanes: { size: LANES * LANE * 4, usage: STORAGE | COPY_SRC },
      chosen: { size: compared * 4, usage: STORAGE | COPY_DST },
      slopes: { size: compared * COMPARED * 4, usage: STORAGE | COPY_SRC },
    });
    const more = { cells, ...buffers };
    const dispatches = await Promise.all([
      pass(cellErrors(), nodes, 64, more),
      each(
        driftBounds({ d, staged }),
        () => threadsOf(staged),
        (of) => Math.ceil(of / threadsOf(staged)),
        more,
      ),
      each(
        driftCheck({ activation, d }),
        () => compared,
        () => 3 * m,
        more,
      ),
    ]);
    return new MeshCheck(problem, even, buffers, dispatches.flat());
  }

  /** By the grid's field; `phase` ∈ [0, 1) says where the particles at even distances lie. */
  async measured(rig: Rig, field: readonly Dispatch[], phase: number): Promise<DriftError> {
    const { buffers, even, problem } = this;
    const { lanes, chosen, slopes } = buffers;
    const numbers = Uint32Array.from({ length: even }, (_, k) => Math.floor(((k + phase) * problem.n) / even));
    rig.gpu.device.queue.writeBuffer(chosen, LANES * 4, numbers);
    await run(rig, [...field, ...this.dispatches]);
    const spans = [lanes, slopes].map((buffer) => ({ buffer, offset: 0, size: buffer.size }));
    const r = { buffer: rig.points.r, offset: 0, size: problem.m * 4 };
    const found = new Float32Array(await rig.readback.read([...spans, r]));
    const ends = [LANES * LANE, LANES * LANE + slopes.size / 4];
    const rows = found.subarray(ends[0], ends[1]);
    return this.errorOf(found.subarray(0, ends[0]), rows, this.rounding(rows, found.subarray(ends[1])));
  }

  private errorOf(lanes: Float32Array, rows: Float32Array, rounding: Float64Array): DriftError {
    const components = this.components();
    const most = (at: number): number => {
      let largest = 0;
      for (let k = at; k < lanes.length; k += LANE) largest = Math.max(largest, lanes[k]);
      return largest;
    };
    let squares = 0;
    for (let k = 3; k < lanes.length; k += LANE) squares += lanes[k];
    const found = Float64Array.from(components, () => 0);
    const excess = Float64Array.from(components, () => 0);
    for (let row = 0; row < rows.length; row += COMPARED) {
      components.forEach((c, k) => {
        const off = Math.abs(rows[row + k] - rows[row + 4 + k]);
        const per = k === 0 ? 1 : Math.abs(rows[row + 12]);
        found[k] = Math.max(found[k], off + per * rounding[k]);
        if (off > rows[row + 8 + c]) excess[k] = Math.max(excess[k], (off - rows[row + 8 + c]) / per);
      });
    }
    const check = {
      bounds: Float64Array.from(components, (c) => most(c)),
      parts: [most(4), most(5)] as const,
      found,
      excess,
      most: most(6),
      squares,
      entries: this.problem.n * components.length,
    };
    return driftError(check, rounding);
  }

  /** What float32 costs the definition itself, of each component; of u and v per |w1|. */
  private rounding(rows: Float32Array, r: Float32Array): Float64Array {
    const { problem } = this;
    const { width } = shapeOf(problem);
    const count = Math.min(FEW.most, Math.max(FEW.least, Math.floor(FEW.pairs / problem.m)));
    const feature = featureOf(problem);
    const residuals = Float64Array.from(r);
    const b = new Float64Array(width);
    const share = new Float64Array(width);
    const all = rows.length / COMPARED;
    for (let k = 0; k < count; k++) {
      const row = Math.floor((k * all) / count) * COMPARED;
      const theta = Float64Array.from(rows.subarray(row + 12, row + 12 + width));
      drift(b, theta, 0, problem, residuals, feature);
      for (let c = 0; c < width; c++) {
        const off = Math.abs(rows[row + 4 + c] + problem.m * b[c]);
        const per = c === 0 ? 1 : Math.abs(theta[0]);
        if (off > 0) share[c] = Math.max(share[c], (SPREAD * off) / per);
      }
    }
    return share;
  }

  /** Where the components of b stand among (w1, u, v). */
  private components(): readonly number[] {
    return this.problem.d > 1 ? [0, 1, 2] : [0, 2];
  }
}
