/** Measurements by name: one added here is in `mckean measure`, its list and its tests. */
import { ABC_SYMMETRY } from './laws/abc-symmetry.ts';
import { CLT } from './laws/clt.ts';
import { COUPLING } from './laws/coupling.ts';
import { ENERGY } from './laws/energy.ts';
import { EXPONENTS } from './laws/exponents.ts';
import { INDEPENDENCE } from './laws/independence.ts';
import { INVARIANTS } from './laws/invariants.ts';
import { KERNEL } from './laws/kernel.ts';
import { LAW_OF_LARGE_NUMBERS } from './laws/law-of-large-numbers.ts';
import { PDE } from './laws/pde.ts';
import { UNIFORM_IN_TIME } from './laws/uniform-in-time.ts';
import { PHASE_DIAGRAM } from './laws/phase-diagram.ts';
import { STATE_SPACES } from './laws/state-spaces.ts';
import { WEAK_FORM } from './laws/weak-form.ts';
import type { Measurement } from './measurement.ts';

export const MEASUREMENTS = {
  exponents: EXPONENTS,
  'phase-diagram': PHASE_DIAGRAM,
  'state-spaces': STATE_SPACES,
  kernel: KERNEL,
  'abc-symmetry': ABC_SYMMETRY,
  energy: ENERGY,
  invariants: INVARIANTS,
  'weak-form': WEAK_FORM,
  'law-of-large-numbers': LAW_OF_LARGE_NUMBERS,
  clt: CLT,
  coupling: COUPLING,
  independence: INDEPENDENCE,
  pde: PDE,
  'uniform-in-time': UNIFORM_IN_TIME,
} as const satisfies Record<string, Measurement>;

export type MeasurementName = keyof typeof MEASUREMENTS;
export const MEASUREMENT_NAMES = Object.keys(MEASUREMENTS) as MeasurementName[];

export function isMeasurementName(name: string): name is MeasurementName {
  return Object.hasOwn(MEASUREMENTS, name);
}
