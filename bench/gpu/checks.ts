/** That every variant computes the same: equal bits within a form of φ, and float64's numbers up to rounding. */
import { createHash } from 'node:crypto';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { TOLERANCE } from '../../src/core/methods/accuracy.ts';
import type { MethodName } from '../../src/core/methods/methods.ts';
import type { Problem } from '../../src/engines/engine.ts';
import { createWebGpuEngine } from '../../src/engines/webgpu/opening/open.ts';
import type { GpuContext } from '../../src/gpu/device.ts';
import { variantsOf, variantText, type Variant } from './passes.ts';

export interface Checked {
  readonly variant: Variant;
  /** Of θ and f after some steps. */
  readonly sha: string;
  /** max |Δθ| over the rms of θ, against float64. */
  readonly error: number;
}

const STEPS = 5;

export async function checkVariants(
  gpu: GpuContext,
  problem: Problem,
  method: MethodName = 'direct',
): Promise<Checked[]> {
  const cpu = await createCpuEngine(problem);
  await cpu.advance(STEPS);
  const want = await cpu.theta();
  cpu.destroy();
  const checked: Checked[] = [];
  for (const { fast, ...tuning } of variantsOf(problem, method)) {
    const engine = await createWebGpuEngine(gpu, problem, { tuning, fast, method });
    await engine.advance(STEPS);
    const theta = await engine.theta();
    const hash = createHash('sha256')
      .update(theta as Float32Array)
      .update(await engine.f());
    engine.destroy();
    checked.push({
      variant: { fast, ...tuning },
      sha: hash.digest('hex').slice(0, 16),
      error: errorOf(theta, want),
    });
  }
  return checked;
}

function errorOf(got: ArrayLike<number>, want: ArrayLike<number>): number {
  let [worst, square] = [0, 0];
  for (let i = 0; i < want.length; i++) {
    const error = Math.abs(got[i] - want[i]);
    if (!(error <= worst)) worst = error;
    square += want[i] ** 2;
  }
  return worst / Math.sqrt(square / want.length);
}

/** docs/model.md, Errors of a method: of a trajectory in float32. */
export const MOST = 1.5e-5;

/** On a mesh its error over some steps, too. */
export const mostOf = (method: MethodName): number => (method === 'mesh' ? 4 * TOLERANCE : MOST);

/** What is wrong, a line each. */
export function faults(checked: readonly Checked[], method: MethodName = 'direct'): string[] {
  const most = mostOf(method);
  const first = (fast: boolean): string | undefined =>
    checked.find(({ variant }) => variant.fast === fast)?.sha;
  return checked.flatMap(({ variant, sha, error }) => [
    ...(sha === first(variant.fast) ? [] : [`${variantText(variant)}: other bits than the first of its form`]),
    ...(error <= most
      ? []
      : [`${variantText(variant)}: θ is off by ${error.toExponential(1)}, allowed ${most}`]),
  ]);
}
