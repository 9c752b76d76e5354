/** Tables that kernels read, from core/special.ts: rows of Taylor coefficients about the multiples of 1/64, from 0. */
import { halfTable } from '../../../core/special.ts';

/** By module: activation and precision. */
export const TABLES: Readonly<Record<string, () => Float64Array>> = {
  'tanh-f64': () => halfTable('tanh'),
};
