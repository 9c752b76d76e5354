/** Tables that kernels read, from core/special.ts: rows of Taylor coefficients about the multiples of 1/64, from 0. */
import { HALF_TABLES } from '../../../core/special.ts';

/** By module: activation and precision. */
export const TABLES: Readonly<Record<string, () => Float64Array>> = {
  'tanh-f64': HALF_TABLES.tanh,
  'erf-f64': HALF_TABLES.erf,
  'gelu-f64': HALF_TABLES.gelu,
  'softplus-f64': HALF_TABLES.softplus,
};
