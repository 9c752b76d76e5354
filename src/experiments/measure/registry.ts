/** Measurements by name: one added here is in `mckean measure`, its list and its tests. */
import { ABC_SYMMETRY } from './laws/abc-symmetry.ts';
import { CLT } from './laws/clt.ts';
import { COORDINATE_CHECK } from './laws/coordinate-check.ts';
import { COUPLING } from './laws/coupling.ts';
import { ENERGY } from './laws/energy.ts';
import { ENTROPIC_CHAOS } from './laws/entropic-chaos.ts';
import { EXPONENTS } from './laws/exponents.ts';
import { INDEPENDENCE } from './laws/independence.ts';
import { INVARIANTS } from './laws/invariants.ts';
import { KERNEL } from './laws/kernel.ts';
import { LEARNING_RATE_TRANSFER } from './laws/learning-rate-transfer.ts';
import { LAW_OF_LARGE_NUMBERS } from './laws/law-of-large-numbers.ts';
import { PDE } from './laws/pde.ts';
import { UNIFORM_IN_TIME } from './laws/uniform-in-time.ts';
import { PHASE_DIAGRAM } from './laws/phase-diagram.ts';
import { SELF_HEALING } from './laws/self-healing.ts';
import { STATE_SPACES } from './laws/state-spaces.ts';
import { STEP_SIZE } from './laws/step-size.ts';
import { WEAK_FORM } from './laws/weak-form.ts';
import type { Measurement } from './measurement.ts';

export const MEASUREMENTS = {
  exponents: EXPONENTS,
  'phase-diagram': PHASE_DIAGRAM,
  'coordinate-check': COORDINATE_CHECK,
  'learning-rate-transfer': LEARNING_RATE_TRANSFER,
  'state-spaces': STATE_SPACES,
  kernel: KERNEL,
  'abc-symmetry': ABC_SYMMETRY,
  energy: ENERGY,
  invariants: INVARIANTS,
  'weak-form': WEAK_FORM,
  'step-size': STEP_SIZE,
  'law-of-large-numbers': LAW_OF_LARGE_NUMBERS,
  clt: CLT,
  'self-healing': SELF_HEALING,
  coupling: COUPLING,
  independence: INDEPENDENCE,
  'entropic-chaos': ENTROPIC_CHAOS,
  pde: PDE,
  'uniform-in-time': UNIFORM_IN_TIME,
} as const satisfies Record<string, Measurement>;

export type MeasurementName = keyof typeof MEASUREMENTS;
export const MEASUREMENT_NAMES = Object.keys(MEASUREMENTS) as MeasurementName[];

export function isMeasurementName(name: string): name is MeasurementName {
  return Object.hasOwn(MEASUREMENTS, name);
}
