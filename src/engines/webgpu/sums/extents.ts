/** The first passes of a method that counts deposits: how far its particles go, and in what unit their deposits are. */
import { LANES, TROOP, cover, extent, troopsOf, type Deposit } from '../../../../shaders/extent.ts';
import { WORKGROUP } from '../../../../shaders/particle.ts';
import type { Shader } from '../../../gpu/layout.ts';
import type { Dispatch } from '../../../gpu/schedule.ts';

/** Makes a pass over buffers that a method has, and `more`; the workgroup is WORKGROUP by default. */
export type MakePass = (
  shader: Shader,
  threads: number,
  cost: number,
  more?: Readonly<Record<string, GPUBuffer>>,
  workgroup?: number,
) => Promise<Dispatch[]>;

/** Those of a buffer. */
export type Particles = Readonly<Record<'theta' | 'share', GPUBuffer>>;

export interface ExtentOptions {
  readonly of: Deposit;
  readonly d: number;
  /** Through workgroup memory. */
  readonly staged: boolean;
}

/** Of parts of n particles in buffers. */
export async function extentPasses(
  pass: MakePass,
  { of, d, staged }: ExtentOptions,
  parts: readonly { readonly n: number; readonly buffers: Particles }[],
): Promise<Dispatch[]> {
  const troops = staged ? troopsOf(Math.max(...parts.map(({ n }) => n))) : null;
  const [threads, workgroup] = troops ? [troops * TROOP, TROOP] : [LANES, WORKGROUP];
  const passes = await Promise.all([
    ...parts.map(({ n, buffers }) =>
      pass(extent({ d, staged }), threads, Math.ceil(n / threads), buffers, workgroup),
    ),
    pass(cover({ of, troops }), WORKGROUP, Math.ceil((troops ?? LANES) / WORKGROUP)),
  ]);
  return passes.flat();
}
