/** The activations that have vector code, by precision: adding one is adding one entry in forms/. */
import type { ActivationName } from '../src/core/activations/activations.ts';
import type { Form } from './form.ts';
import type { Precision } from './lanes.ts';
import { ERF } from './forms/erf.ts';
import { GELU } from './forms/gelu.ts';
import { KNOTS } from './forms/knots.ts';
import { LINEAR, QUADRATIC, RELU } from './forms/polynomial.ts';
import { SIGMOID } from './forms/sigmoid.ts';
import { SIN } from './forms/sin.ts';
import { SOFTPLUS } from './forms/softplus.ts';
import { TANH } from './forms/tanh.ts';

export type FormsOf = Partial<Record<Precision, Form>>;

export const FORMS: Partial<Record<ActivationName, FormsOf>> = {
  linear: LINEAR,
  relu: RELU,
  tanh: TANH,
  sigmoid: SIGMOID,
  erf: ERF,
  gelu: GELU,
  softplus: SOFTPLUS,
  sin: SIN,
  quadratic: QUADRATIC,
};

/** Of activations with parameters. */
export const PARAMETRIC_FORMS: Readonly<Record<string, FormsOf>> = { knots: KNOTS };
