/** One shader over many threads, as the dispatches that it takes. */
import { bindGroup, compile } from './pipeline.ts';
import { cut, divide, packShares } from './schedule.ts';
import type { Memory } from './memory.ts';
import type { Shader } from './layout.ts';
import type { Dispatch, ThreadRange } from './schedule.ts';

export interface PassSpec {
  readonly shader: Shader;
  /** By the names of the shader's bindings, without `range`. */
  readonly buffers: Readonly<Record<string, GPUBuffer>>;
  readonly threads: number;
  /** Threads before that one are left out: a multiple of `workgroup`; default 0. */
  readonly from?: number;
  readonly workgroup: number;
  /** Cost of one thread, in the scheduler's unit. */
  readonly cost: number;
}

export interface Limits {
  /** Cost that no dispatch may exceed, if one workgroup does not. */
  readonly most: number;
  /** Cost above which a dispatch has parts, for an adapter that is too slow for it; default: none has. */
  readonly grain?: number;
  /** Cost of a dispatch beside its threads' cost. */
  readonly overhead: number;
}

/** Into how many parts a dispatch is cut at a time. */
const PARTS = 8;

/** Cuts the pass into shares if its shader has the binding `range`; otherwise it is one dispatch. */
export async function makePass(memory: Memory, spec: PassSpec, limits: Limits): Promise<Dispatch[]> {
  const { shader, threads, from = 0, workgroup, cost } = spec;
  const { device } = memory.context;
  const compiled = await compile(memory.context, shader);
  const { maxComputeWorkgroupsPerDimension, minUniformBufferOffsetAlignment } = device.limits;
  const divisible = 'range' in shader.bindings;
  const most = divisible ? limits.most : Infinity;
  const shares = cut(threads - from, workgroup, cost, most, maxComputeWorkgroupsPerDimension).map(
    ({ first, end }) => ({ first: first + from, end: end + from }),
  );
  const trees = shares.map((share) =>
    treeOf(share, workgroup, divisible ? (limits.grain ?? Infinity) / cost : Infinity),
  );
  const { bytes, pitch } = packShares(trees.flatMap(sharesOf), minUniformBufferOffsetAlignment);
  const buffers = divisible ? { ...spec.buffers, range: memory.constant('range', bytes) } : spec.buffers;
  const group = bindGroup(device, compiled, buffers);
  let place = 0;
  const dispatch = ({ share: { first, end }, parts }: Tree): Dispatch => ({
    pipeline: compiled.pipeline,
    group,
    offsets: divisible ? [pitch * place++] : [],
    workgroups: Math.ceil((end - first) / workgroup),
    cost: (end - first) * cost + limits.overhead,
    ...(parts.length > 0 ? { parts: parts.map(dispatch) } : {}),
  });
  return trees.map(dispatch);
}

/**
 * A share and the shares into which it can be cut, until they are no more than `grain` threads or one
 * workgroup.
 */
interface Tree {
  readonly share: ThreadRange;
  readonly parts: readonly Tree[];
}

function treeOf(share: ThreadRange, workgroup: number, grain: number): Tree {
  const parts = share.end - share.first > grain ? divide(share, workgroup, PARTS) : [];
  return { share, parts: parts.map((part) => treeOf(part, workgroup, grain)) };
}

/** In the order in which `dispatch` takes their places. */
const sharesOf = ({ share, parts }: Tree): ThreadRange[] => [share, ...parts.flatMap(sharesOf)];
