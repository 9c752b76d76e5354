/**
 * The slow and obvious way of oracle.ts for any loss and several outputs: it imports nothing of ours. Rows of θ are
 * [w1_1 … w1_c, w0…], f and y are [m][c].
 */
import { abcForm, PHI, STEP, type Form } from './oracle.ts';

export interface OutputsProblem {
  activation: string;
  parameterization: Form;
  integrator: string;
  dt: number;
  loss: string;
  x: number[][];
  y: number[][];
  theta: number[][];
}

type Rows = number[][];

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const softmax = (f: number[]): number[] => f.map((value) => Math.exp(value) / total(f.map(Math.exp)));

/** [ℓ, ∂ℓ/∂f] of a row, as a textbook writes them. */
export const LOSS: Record<
  string,
  [(f: number[], y: number[]) => number, (f: number[], y: number[]) => number[]]
> = {
  squared: [
    (f, y) => total(f.map((value, k) => (value - y[k]) ** 2)) / 2,
    (f, y) => f.map((value, k) => value - y[k]),
  ],
  huber: [
    (f, y) => total(f.map((v, k) => (Math.abs(v - y[k]) < 1 ? (v - y[k]) ** 2 / 2 : Math.abs(v - y[k]) - 0.5))),
    (f, y) => f.map((v, k) => (Math.abs(v - y[k]) < 1 ? v - y[k] : Math.sign(v - y[k]))),
  ],
  logistic: [([f], [y]) => Math.log(1 + Math.exp(-y * f)), ([f], [y]) => [-y / (1 + Math.exp(y * f))]],
  exponential: [([f], [y]) => Math.exp(-y * f), ([f], [y]) => [-y * Math.exp(-y * f)]],
  'cross-entropy': [
    (f, y) => -total(y.map((value, k) => value * Math.log(softmax(f)[k]))),
    (f, y) => softmax(f).map((p, k) => p - y[k]),
  ],
};

const inner = (w0: number[], x: number[]): number => total(w0.map((w, k) => w * x[k]));

/** f [m][c] at θ and inputs x. */
export function outputsAt({ activation, parameterization, y }: OutputsProblem, theta: Rows, x: Rows): Rows {
  const [c, [phi]] = [y[0].length, PHI[activation]];
  const [prefactor0, prefactor1] = abcForm(parameterization).a.map((a) => theta.length ** -a);
  return x.map((sample) =>
    y[0].map((_, k) =>
      total(theta.map((row) => prefactor1 * row[k] * phi(prefactor0 * inner(row.slice(c), sample)))),
    ),
  );
}

export function lossAt(problem: OutputsProblem, theta: Rows): number {
  const f = outputsAt(problem, theta, problem.x);
  return total(f.map((row, a) => LOSS[problem.loss][0](row, problem.y[a]))) / f.length;
}

/** −n^(−c) ∂L/∂w, at residuals [m][c] of one's own choice if there are any. */
export function velocityOf(problem: OutputsProblem, theta: Rows, residuals?: Rows): Rows {
  const { activation, parameterization, x, y, loss } = problem;
  const [c, m, [phi, dphi]] = [y[0].length, y.length, PHI[activation]];
  const form = abcForm(parameterization);
  const [prefactor0, prefactor1] = form.a.map((a) => theta.length ** -a);
  const rate = theta.length ** -form.c;
  const r = residuals ?? outputsAt(problem, theta, x).map((f, a) => LOSS[loss][1](f, y[a]));
  return theta.map((row) => {
    const w1 = row.slice(0, c);
    const h = x.map((sample) => prefactor0 * inner(row.slice(c), sample));
    const outer = w1.map((_, k) => total(h.map((value, a) => r[a][k] * prefactor1 * phi(value))));
    const pull = h.map((value, a) => inner(w1, r[a]) * prefactor1 * dphi(value) * prefactor0);
    const back = x[0].map((_, k) => total(pull.map((value, a) => value * x[a][k])));
    return [...outer, ...back].map((slope) => (-rate * slope) / m);
  });
}

/** θ after `steps` steps, driven by rows of `residuals` if there are any. */
export function trajectoryOf(problem: OutputsProblem, steps: number, residuals?: Rows[]): Rows {
  let { theta } = problem;
  for (let k = 0; k < steps; k++)
    theta = STEP[problem.integrator]((state) => velocityOf(problem, state, residuals?.[k]), theta, problem.dt);
  return theta;
}
