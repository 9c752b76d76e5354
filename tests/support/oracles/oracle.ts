/**
 * An independent float64 implementation of a whole run, written from the definition of the model alone; it
 * imports nothing of ours. Everything is done the slow and obvious way: effective weights W = n^(−a) w, the
 * plain gradient of L in w, textbook integrators.
 */
export interface Abc {
  a: [number, number];
  b: [number, number];
  c: number;
}
export type Form = 'ntk' | 'naive' | 'compensated' | 'mean-field' | { a: number; kappa: number } | { abc: Abc };

export interface OracleProblem {
  activation: string;
  parameterization: Form;
  integrator: string;
  dt: number;
  /** Inputs with the bias coordinate, one row a sample. */
  x: number[][];
  y: number[];
  /** θ_0, one row [w1, w0…] a neuron. */
  theta: number[][];
  /** Weight decay and noise: dθ = s (b − λ θ) dt + √(2 τ s) dW, s = n^(κ − a) times the layer's rate. */
  langevin?: OracleLangevin;
  /** Residuals that drive the particles, one row a step, in place of their own. */
  residuals?: number[][];
}

export interface OracleLangevin {
  /** Of w1 and of w0. */
  rates: readonly [number, number];
  decay: number;
  temperature: number;
  /** A standard normal number for neuron j, component c, in the step that ends at `step`. */
  normal: (j: number, c: number, step: number) => number;
}

/** erf by Kummer's series: all terms positive, so it is exact to rounding wherever it is used. */
export function erf(z: number): number {
  if (Math.abs(z) > 6) return Math.sign(z);
  let term = z;
  let sum = z;
  for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) sum += term *= (2 * z * z) / (2 * k + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
const cdf = (z: number): number => (1 + erf(z / Math.SQRT2)) / 2;

/** [φ, φ′] */
export const PHI: Record<string, [(z: number) => number, (z: number) => number]> = {
  linear: [(z) => z, () => 1],
  relu: [(z) => Math.max(z, 0), (z) => (z > 0 ? 1 : 0)],
  tanh: [Math.tanh, (z) => 1 / Math.cosh(z) ** 2],
  sigmoid: [sigmoid, (z) => sigmoid(z) * sigmoid(-z)],
  erf: [(z) => erf(z / Math.SQRT2), (z) => 2 * density(z)],
  gelu: [(z) => z * cdf(z), (z) => cdf(z) + z * density(z)],
  softplus: [(z) => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0), sigmoid],
  sin: [Math.sin, Math.cos],
  quadratic: [(z) => z * z, (z) => 2 * z],
};

const NAMED: Record<string, [number, number]> = {
  ntk: [1 / 2, 0],
  naive: [1 / 2, 1 / 2],
  compensated: [1, 1 / 2],
  'mean-field': [1, 1],
};

export function abcForm(form: Form): Abc {
  if (typeof form === 'object' && 'abc' in form) return form.abc;
  const [a, kappa] = typeof form === 'string' ? NAMED[form] : [form.a, form.kappa];
  return { a: [0, a], b: [0, 0], c: -kappa };
}

/** ⟨w0, x⟩ for a row [w1, w0…]. */
function inner(row: number[], x: number[]): number {
  let sum = 0;
  for (let c = 0; c < x.length; c++) sum += row[1 + c] * x[c];
  return sum;
}

/** f [m] at θ. */
export function output(
  { activation, parameterization, x }: Pick<OracleProblem, 'activation' | 'parameterization' | 'x'>,
  theta: number[][],
): number[] {
  const [prefactor0, prefactor1] = abcForm(parameterization).a.map((a) => theta.length ** -a);
  const [phi] = PHI[activation];
  return x.map((sample) => {
    let f = 0;
    for (const row of theta) f += prefactor1 * row[0] * phi(prefactor0 * inner(row, sample));
    return f;
  });
}

/** L = (1/2m) Σ (f − y)². */
export function lossOf(problem: Omit<OracleProblem, 'theta' | 'integrator' | 'dt'>, theta: number[][]): number {
  const f = output(problem, theta);
  return f.reduce((sum, value, a) => sum + (value - problem.y[a]) ** 2, 0) / (2 * f.length);
}

/**
 * −n^(−c) ∂L/∂w, the right-hand side of gradient flow with rate n^(−c), at residuals of one's own choice if
 * there are any.
 */
export function velocity(problem: OracleProblem, theta: number[][], residuals?: number[]): number[][] {
  const { activation, parameterization, x, y } = problem;
  const { a, c } = abcForm(parameterization);
  const [phi, dphi] = PHI[activation];
  const [prefactor0, prefactor1] = a.map((exponent) => theta.length ** -exponent);
  const rate = theta.length ** -c;
  const dLdf = (residuals ?? output(problem, theta).map((f, sample) => f - y[sample])).map((r) => r / y.length);
  return theta.map((row) => {
    const step = row.map(() => 0);
    x.forEach((sample, s) => {
      const h = prefactor0 * inner(row, sample);
      const dLdh = dLdf[s] * prefactor1 * row[0] * dphi(h);
      step[0] -= rate * dLdf[s] * prefactor1 * phi(h);
      for (let k = 0; k < sample.length; k++) step[1 + k] -= rate * dLdh * prefactor0 * sample[k];
    });
    return step;
  });
}

const along = (theta: number[][], h: number, slope: number[][]): number[][] =>
  theta.map((row, j) => row.map((value, c) => value + h * slope[j][c]));

/** One step of size h, each method as a textbook writes it. */
export const STEP: Record<
  string,
  (f: (theta: number[][]) => number[][], theta: number[][], h: number) => number[][]
> = {
  euler: (f, theta, h) => along(theta, h, f(theta)),
  heun: (f, theta, h) => {
    const k1 = f(theta);
    const k2 = f(along(theta, h, k1));
    return along(along(theta, h / 2, k1), h / 2, k2);
  },
  rk4: (f, theta, h) => {
    const k1 = f(theta);
    const k2 = f(along(theta, h / 2, k1));
    const k3 = f(along(theta, h / 2, k2));
    const k4 = f(along(theta, h, k3));
    return theta.map((row, j) =>
      row.map((value, c) => value + (h / 6) * (k1[j][c] + 2 * k2[j][c] + 2 * k3[j][c] + k4[j][c])),
    );
  },
};

/** The factor n^(κ − a) of b in the velocity of each neuron, and the layer's rate. */
function factorOf({ parameterization, theta, langevin }: OracleProblem, component: number): number {
  const { a, c } = abcForm(parameterization);
  return theta.length ** (-c - a[1]) * (langevin ? langevin.rates[component === 0 ? 0 : 1] : 1);
}

/** The drift of the Langevin dynamics. */
function drift(problem: OracleProblem, theta: number[][], residuals?: number[]): number[][] {
  const slopes = velocity(problem, theta, residuals);
  const { langevin } = problem;
  if (!langevin) return slopes;
  return slopes.map((row, j) =>
    row.map(
      (value, c) =>
        value * langevin.rates[c === 0 ? 0 : 1] - factorOf(problem, c) * langevin.decay * theta[j][c],
    ),
  );
}

/** θ after `steps` steps. */
export function trajectory(problem: OracleProblem, steps: number): number[][] {
  const { langevin, residuals, integrator, dt } = problem;
  let theta = problem.theta;
  for (let k = 0; k < steps; k++) {
    theta = STEP[integrator]((state) => drift(problem, state, residuals?.[k]), theta, dt);
    if (!langevin || langevin.temperature === 0) continue;
    const deviation = (c: number): number => Math.sqrt(2 * langevin.temperature * factorOf(problem, c) * dt);
    theta = theta.map((row, j) => row.map((value, c) => value + deviation(c) * langevin.normal(j, c, k + 1)));
  }
  return theta;
}

/** Error of a trajectory: max over entries of |Δθ| over the rms of θ. */
export function trajectoryError(got: ArrayLike<number>, want: number[][]): number {
  const flat = want.flat();
  const rms = Math.sqrt(flat.reduce((sum, value) => sum + value * value, 0) / flat.length);
  if (got.length !== flat.length) return Infinity;
  return (
    flat.reduce(
      (worst, value, i) => (Math.abs(got[i] - value) <= worst ? worst : Math.abs(got[i] - value)),
      0,
    ) / rms
  );
}
