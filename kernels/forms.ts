/** The activations that have vector code, by precision: adding one is adding one entry in forms/. */
import type { ActivationName } from '../src/core/activations.ts';
import type { Form } from './form.ts';
import type { Precision } from './lanes.ts';
import { LINEAR, QUADRATIC, RELU } from './forms/polynomial.ts';
import { TANH } from './forms/tanh.ts';

export type FormsOf = Partial<Record<Precision, Form>>;

export const FORMS: Partial<Record<ActivationName, FormsOf>> = {
  linear: LINEAR,
  relu: RELU,
  quadratic: QUADRATIC,
  tanh: TANH,
};
