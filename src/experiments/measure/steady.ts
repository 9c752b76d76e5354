/**
 * Whether steps are short enough for what is measured. Beyond the longest stable one Euler's method oscillates, and how far
 * f_n is from its limit has little to do with n. Features that grow make that step shorter along a run, and oscillations
 * longer again, so that it is looked at all along.
 */
import type { Config } from '../../core/config/config.ts';
import { INTEGRATORS } from '../../core/dynamics/integrators.ts';
import { stableStepAt } from '../stable-step.ts';
import { advance, overReplicas } from './ensemble.ts';
import type { Lab } from './measurement.ts';

/** Looks along a run. */
const LOOKS = 24;
/** Times that steps may be halved. */
const HALVINGS = 4;

/** The longest step that is stable everywhere along a run of one system of n particles, as far as its own steps let it be seen. */
async function longestStep(lab: Lab, config: Config, n: number): Promise<number> {
  const { steps } = config.dynamics;
  const [longest] = await overReplicas(lab, { config, n, replicas: 1 }, async (engine) => {
    let least = Infinity;
    for (let look = 0; look <= LOOKS; look++) {
      await advance(lab, engine, Math.round((look / LOOKS) * steps) - engine.step);
      least = Math.min(least, stableStepAt(engine.problem, await engine.theta()));
    }
    return [least];
  });
  return longest;
}

/** Why a configuration's steps are too long for n particles, or null. RK4's may be longer, and nothing is said of them. */
export async function tooLong(lab: Lab, config: Config, n: number): Promise<string | null> {
  const { dt, integrator } = config.dynamics;
  if (INTEGRATORS[integrator].order > 2) return null;
  const longest = await longestStep(lab, config, n);
  if (dt <= longest) return null;
  return `steps of ${dt} are longer than ${+longest.toPrecision(3)}, the longest that is stable somewhere along the run: give a smaller dt`;
}

/** The configuration with as many more and shorter steps as make them stable for n particles. */
export async function steadied(lab: Lab, config: Config, n: number): Promise<Config> {
  const { dt, steps } = config.dynamics;
  let shorter = 1;
  let steady = config;
  while (shorter < 2 ** HALVINGS && (await tooLong(lab, steady, n)) !== null) {
    shorter *= 2;
    steady = { ...config, dynamics: { ...config.dynamics, dt: dt / shorter, steps: steps * shorter } };
  }
  return steady;
}
