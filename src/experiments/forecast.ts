/** How long a step will take, before it is tried: to a factor of two or so. */
import { classOf, COSTS, costOf, type MachineClass } from '../core/methods/costs.ts';
import { extentOf, type Extent } from '../core/mesh/grid.ts';
import { fastest, METHODS, type Method as MethodEntry, pairsOf } from '../core/methods/methods.ts';
import { isCpu, type EngineInfo, type Method, type Problem } from '../engines/engine.ts';

/** Where particles are: direct sums do not ask. */
const ANYWHERE = [0, 0, 0, 0] as const;

/** Seconds of a step by a method, or by what `auto` takes; `threads` share it where there is no GPU. */
export function secondsOfStep(
  problem: Problem,
  method: Method | 'auto',
  info: Pick<EngineInfo, 'name' | 'software' | 'adapter'>,
  threads: number,
): number {
  const { n, theta } = problem;
  const machine: MachineClass = isCpu(info.name) ? 'cpu' : classOf(info);
  const { costs } = COSTS[machine];
  const together = 1e9 * (['integrated', 'discrete'].includes(machine) ? 1 : threads);
  const pairs = pairsOf(problem);
  const seconds = (of: Method, cloud: Extent): number => {
    const { work }: MethodEntry = METHODS[of];
    return costOf(work(pairs, n, cloud) ?? {}, costs) / together;
  };
  const direct = seconds('direct', ANYWHERE);
  if (direct < 1) return direct; // whatever the method
  const taken = method === 'auto' ? fastest(pairs, theta, COSTS[machine], n).method : method;
  return seconds(taken, extentOf(theta, problem));
}
