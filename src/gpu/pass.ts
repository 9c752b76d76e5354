/** One shader over many threads, as the dispatches that it takes. */
import { bindGroup, compile } from './pipeline.ts';
import { cut, packShares } from './schedule.ts';
import type { Memory } from './memory.ts';
import type { Shader } from './layout.ts';
import type { Dispatch } from './schedule.ts';

export interface PassSpec {
  readonly shader: Shader;
  /** By the names of the shader's bindings, without `range`. */
  readonly buffers: Readonly<Record<string, GPUBuffer>>;
  readonly threads: number;
  readonly workgroup: number;
  /** Cost of one thread, in the scheduler's unit. */
  readonly cost: number;
}

export interface Limits {
  /** Cost that no dispatch may exceed, if one workgroup does not. */
  readonly most: number;
  /** Cost of a dispatch beside its threads' cost. */
  readonly overhead: number;
}

/** Cuts the pass into shares if its shader has the binding `range`; otherwise it is one dispatch. */
export async function makePass(memory: Memory, spec: PassSpec, limits: Limits): Promise<Dispatch[]> {
  const { shader, threads, workgroup, cost } = spec;
  const { device } = memory.context;
  const compiled = await compile(memory.context, shader);
  const { maxComputeWorkgroupsPerDimension, minUniformBufferOffsetAlignment } = device.limits;
  const divisible = 'range' in shader.bindings;
  const most = divisible ? limits.most : Infinity;
  const shares = cut(threads, workgroup, cost, most, maxComputeWorkgroupsPerDimension);
  const { bytes, pitch } = packShares(shares, minUniformBufferOffsetAlignment);
  const buffers = divisible ? { ...spec.buffers, range: memory.constant('range', bytes) } : spec.buffers;
  const group = bindGroup(device, compiled, buffers);
  return shares.map(({ first, end }, i) => ({
    pipeline: compiled.pipeline,
    group,
    offsets: divisible ? [i * pitch] : [],
    workgroups: Math.ceil((end - first) / workgroup),
    cost: (end - first) * cost + limits.overhead,
  }));
}
