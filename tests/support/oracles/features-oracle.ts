/**
 * The slow and obvious way for feature maps other than φ(⟨w0, x⟩), by Euler's method in the mean-field
 * parameterization with the square; it imports nothing of ours. Rows of θ are [w1_1 … w1_c, w0…], or w0 alone: then w1 is 1.
 */
type Rows = readonly (readonly number[])[];

export interface OracleMap {
  /** Φ and ∂Φ/∂w0, which is not yet what w0 moves along. */
  readonly value: (w0: readonly number[], x: readonly number[]) => number;
  readonly gradient: (w0: readonly number[], x: readonly number[]) => number[];
  /** What w0 moves along, from that, and where it is after a step. */
  readonly raise: (gradient: number[], w0: readonly number[]) => number[];
  readonly settle: (w0: number[]) => number[];
}

const dot = (p: readonly number[], q: readonly number[]): number => p.reduce((sum, v, k) => sum + v * q[k], 0);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** e^(−α|x − w0|²/2) on the sphere of radius R. */
export const bumps = (alpha: number, radius: number): OracleMap => {
  const value = (w0: readonly number[], x: readonly number[]): number =>
    Math.exp((-alpha * total(w0.map((w, k) => (x[k] - w) ** 2))) / 2);
  return {
    value,
    gradient: (w0, x) => w0.map((w, k) => alpha * (x[k] - w) * value(w0, x)),
    raise: (gradient, w0) => gradient.map((g, k) => g - (dot(gradient, w0) / dot(w0, w0)) * w0[k]),
    settle: (w0) => w0.map((w) => (radius * w) / Math.sqrt(dot(w0, w0))),
  };
};

/** 1 + 2 Σ cos 2πk(x − w0) on the circle. */
export const spikes = (order: number, metric: number): OracleMap => {
  const terms = Array.from({ length: order }, (_, k) => 2 * Math.PI * (k + 1));
  return {
    value: ([w], [x]) => 1 + 2 * total(terms.map((turn) => Math.cos(turn * (x - w)))),
    gradient: ([w], [x]) => [2 * total(terms.map((turn) => turn * Math.sin(turn * (x - w))))],
    raise: (gradient) => gradient.map((g) => metric * g),
    settle: ([w]) => [((w % 1) + 1) % 1],
  };
};

/** φ(⟨w0, x⟩) for a φ and its slope. */
export const neurons = (phi: (z: number) => number, slope: (z: number) => number): OracleMap => ({
  value: (w0, x) => phi(dot(w0, x)),
  gradient: (w0, x) => x.map((value) => slope(dot(w0, x)) * value),
  raise: (gradient) => gradient,
  settle: (w0) => w0,
});

export interface MapProblem {
  readonly map: OracleMap;
  /** Output weights in a row. */
  readonly weights: number;
  readonly x: Rows;
  readonly y: Rows;
  readonly dt: number;
}

/** f [m][c] at θ. */
export const outputsOf = ({ map, weights, x, y }: Omit<MapProblem, 'dt'>, theta: Rows): number[][] => {
  return x.map((sample) =>
    y[0].map(
      (_, k) =>
        total(theta.map((row) => (weights ? row[k] : 1) * map.value(row.slice(weights), sample))) /
        theta.length,
    ),
  );
};

/** b of each particle. */
export function driftOf(problem: MapProblem, theta: Rows): number[][] {
  const { map, weights, x, y } = problem;
  const r = outputsOf(problem, theta).map((f, a) => f.map((value, k) => value - y[a][k]));
  return theta.map((row) => {
    const [w1, w0] = [weights ? row.slice(0, weights) : [1], row.slice(weights)];
    const outer = row
      .slice(0, weights)
      .map((_, k) => -total(x.map((sample, a) => r[a][k] * map.value(w0, sample))) / x.length);
    const gradients = x.map((sample, a) => map.gradient(w0, sample).map((g) => dot(w1, r[a]) * g));
    const inner = w0.map((_, k) => -total(gradients.map((gradient) => gradient[k])) / x.length);
    return [...outer, ...map.raise(inner, w0)];
  });
}

export function trajectoryOf(problem: MapProblem, start: Rows, steps: number): number[][] {
  const { weights } = problem;
  let theta = start.map((row) => [...row]);
  for (let k = 0; k < steps; k++) {
    const b = driftOf(problem, theta);
    theta = theta.map((row, j) => row.map((value, at) => value + problem.dt * b[j][at]));
    theta = theta.map((row) => [...row.slice(0, weights), ...problem.map.settle(row.slice(weights))]);
  }
  return theta;
}
