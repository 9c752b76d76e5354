import { featureOf } from '../../../src/core/features/features.ts';
import { describe, expect, it } from 'vitest';
import type { ActivationName } from '../../../src/core/activations/activations.ts';
import { Flow } from '../../../src/core/dynamics/flow.ts';
import { INTEGRATORS, type IntegratorName } from '../../../src/core/dynamics/integrators.ts';
import { LOSSES } from '../../../src/core/objective/losses.ts';
import { meanLoss, residual } from '../../../src/core/model.ts';
import type { Parameterization } from '../../../src/core/parameterizations.ts';
import type { Problem } from '../../../src/engines/engine.ts';
import { draw, FORMS, problemOf, slope, SMOOTH, type Drawn } from '../../support/problems.ts';

/** A whole system stepped by hand: one Flow, residuals in between. */
class System {
  readonly flow: Flow;
  f: Float64Array;

  constructor(readonly problem: Problem) {
    const { integrator, speed, theta } = problem;
    this.flow = new Flow(Float64Array.from(theta), {
      samples: problem,
      feature: featureOf(problem),
      tableau: INTEGRATORS[integrator],
      speed,
    });
    this.f = this.scaled(this.flow.outputs());
  }

  get theta(): Float64Array {
    return this.flow.theta;
  }

  get loss(): number {
    return meanLoss(this.f, this.problem.y, LOSSES[this.problem.loss]);
  }

  step(count = 1): this {
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < INTEGRATORS[this.problem.integrator].weights.length; i++) {
        this.f = this.scaled(this.flow.advance(i, this.residual(), this.problem.dt, k + 1));
      }
    }
    return this;
  }

  /** ∫ |b|² dρ at the current θ: an Euler step of size 0 reports the speeds and moves nothing. */
  meanSquareDrift(): number {
    const { speed } = this.problem;
    const probe = new Flow(this.theta.slice(), {
      samples: this.problem,
      feature: featureOf(this.problem),
      tableau: { ...INTEGRATORS.euler },
      speed,
    });
    probe.advance(0, this.residual(), 0, 1);
    return probe.speeds.reduce((sum, value) => sum + value ** 2, 0) / this.problem.n;
  }

  private residual(): Float64Array {
    const r = new Float64Array(this.problem.m);
    residual(r, this.f, this.problem.y, LOSSES[this.problem.loss]);
    return r;
  }

  private scaled(sums: Float64Array): Float64Array {
    return sums.map((sum) => this.problem.outer * sum);
  }
}

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((worst, value) => Math.max(worst, Math.abs(value)), 0);
const apart = (p: ArrayLike<number>, q: ArrayLike<number>): number =>
  largest(Array.from(p, (value, i) => value - q[i]));

/** w1² − |w0|² (or p w1² − |w0|²) of every particle. */
function balances(theta: ArrayLike<number>, d: number, p = 1): number[] {
  return Array.from({ length: theta.length / (1 + d) }, (_, j) => {
    const row = Array.from({ length: 1 + d }, (__, c) => theta[j * (1 + d) + c] ** 2);
    return p * row[0] - row.slice(1).reduce((sum, value) => sum + value, 0);
  });
}

describe('energy: dL/dt = −n^(κ−2a+1) ∫ |b|² dρ', () => {
  const T = 1.6;
  const STEPS = [16, 32, 64, 128];
  const KAPPA = 0.7;
  const A = 0.8;
  const rows = draw({ n: 12, m: 6, d: 2 }, 21, 1.2);
  const rate = 12 ** (KAPPA - 2 * A + 1);

  /** L(T) − L(0) + ∫ rate · ∫|b|² dρ dt, by Simpson's rule over the states that the integrator visits. */
  function defect(
    integrator: IntegratorName,
    activation: ActivationName,
    steps: number,
    dissipation = (system: System) => system.meanSquareDrift(),
  ): number {
    const system = new System(
      problemOf(rows, { a: A, kappa: KAPPA }, { integrator, activation, dt: T / steps }),
    );
    const start = system.loss;
    let integral = dissipation(system);
    for (let k = 1; k <= steps; k++) integral += dissipation(system.step()) * (k === steps ? 1 : k % 2 ? 4 : 2);
    return system.loss - start + (rate * integral * T) / (3 * steps);
  }

  // `speeds` is float32, so the quadrature is good to 1e-8 and the defects of rk4 are taken well above that.
  it.each([
    ['euler', 1, STEPS],
    ['heun', 2, STEPS],
    ['rk4', 4, [4, 6, 8, 12]],
  ] as const)('%s keeps it up to O(dt^%d)', (integrator, order, counts) => {
    for (const activation of ['tanh', 'softplus'] as const) {
      const found = slope(
        counts.map((steps) => T / steps),
        counts.map((steps) => defect(integrator, activation, steps)),
      );
      expect(Math.abs(found - order), `${activation}: slope ${found}`).toBeLessThan(0.25);
    }
  });

  it('fails by an amount that dt does not cure when w0 moves by the misprinted φ x in place of w1 φ′ x', () => {
    const misprint = (system: System): number => {
      const {
        theta,
        problem: { x, y, m, n },
      } = system;
      let sum = 0;
      for (let row = 0; row < theta.length; row += 3) {
        const b = [0, 0, 0];
        for (let a = 0; a < m; a++) {
          const r = system.f[a] - y[a];
          const value = Math.tanh(theta[row + 1] * x[2 * a] + theta[row + 2] * x[2 * a + 1]);
          [1, x[2 * a], x[2 * a + 1]].forEach((factor, c) => (b[c] -= (r * value * factor) / m));
        }
        sum += b.reduce((square, value) => square + value * value, 0) / n;
      }
      return sum;
    };
    const defects = STEPS.map((steps) => defect('rk4', 'tanh', steps, misprint));
    expect(Math.min(...defects.map(Math.abs))).toBeGreaterThan(1e-3);
    expect(Math.abs(slope(STEPS, defects))).toBeLessThan(0.05);
  });

  it('L decreases at every small step for relu, where the identity itself fails', () => {
    const system = new System(problemOf(rows, 'mean-field', { activation: 'relu', dt: 0.02 }));
    for (let k = 0, before = system.loss; k < 200; k++, before = system.loss)
      expect(system.step().loss).toBeLessThan(before);
  });
});

describe('homogeneous φ', () => {
  const rows = draw({ n: 40, m: 7, d: 3 }, 31);

  it.each(['relu', 'linear'] as const)(
    'an Euler step changes w1² − |w0|² by exactly dt² (b1² − |b0|²), however long: %s',
    (activation) => {
      for (const form of FORMS) {
        for (const dt of [0.01, 0.5, 3]) {
          const system = new System(problemOf(rows, form, { activation, dt }));
          const before = system.theta.slice();
          system.step();
          const moved = system.theta.map((value, i) => value - before[i]); // dt · speed · b
          const change = balances(system.theta, 3).map((value, j) => value - balances(before, 3)[j]);
          const scale = largest(system.theta) ** 2; // the balance is a difference of squares of this size
          expect(apart(change, balances(moved, 3)) / scale).toBeLessThan(1e-14);
        }
      }
    },
  );

  it.each([
    ['linear', 1],
    ['quadratic', 2],
  ] as const)(
    'the flow of %s keeps %d w1² − |w0|² of each particle, up to O(dt⁴) under rk4',
    (activation, p) => {
      const drift = (steps: number): number => {
        const system = new System(
          problemOf(rows, 'mean-field', { activation, integrator: 'rk4', dt: 2 / steps }),
        );
        const before = balances(system.theta, 3, p);
        return apart(balances(system.step(steps).theta, 3, p), before);
      };
      const counts = [10, 20, 40];
      expect(
        slope(
          counts.map((steps) => 2 / steps),
          counts.map(drift),
        ),
      ).toBeGreaterThan(3.7);
      expect(drift(160)).toBeLessThan(1e-8);
    },
  );

  it('tanh, which is not homogeneous, does not keep it: a control', () => {
    const system = new System(
      problemOf(rows, 'mean-field', { activation: 'tanh', integrator: 'rk4', dt: 0.05 }),
    );
    const before = balances(system.theta, 3);
    expect(apart(balances(system.step(40).theta, 3), before)).toBeGreaterThan(1e-2);
  });
});

describe('linear φ: the moments u = E[w1 w0], Q = E[w0 w0ᵀ], s = E[w1²] obey a closed ODE, for any n', () => {
  interface Moments {
    u: number[];
    Q: number[][];
    s: number;
  }
  const axpy = (p: Moments, h: number, q: Moments): Moments => ({
    u: p.u.map((value, i) => value + h * q.u[i]),
    Q: p.Q.map((row, i) => row.map((value, k) => value + h * q.Q[i][k])),
    s: p.s + h * q.s,
  });

  function momentsOf(theta: ArrayLike<number>, d: number): Moments {
    const n = theta.length / (1 + d);
    const at = (j: number, c: number): number => theta[j * (1 + d) + c];
    const mean = (p: number, q: number): number =>
      Array.from({ length: n }, (_, j) => at(j, p) * at(j, q)).reduce((sum, value) => sum + value, 0) / n;
    const range = Array.from({ length: d }, (_, c) => c + 1);
    return {
      u: range.map((c) => mean(0, c)),
      Q: range.map((c) => range.map((k) => mean(c, k))),
      s: mean(0, 0),
    };
  }

  function rightSide({ x, y }: Drawn, { u, Q, s }: Moments): Moments {
    const m = y.length;
    const r = x.map((row, a) => row.reduce((f, value, c) => f + value * u[c], 0) - y[a]);
    const g = u.map((_, c) => -r.reduce((sum, value, a) => sum + value * x[a][c], 0) / m);
    return {
      u: u.map((_, c) => s * g[c] + Q[c].reduce((sum, value, k) => sum + value * g[k], 0)),
      Q: Q.map((row, i) => row.map((_, k) => g[i] * u[k] + u[i] * g[k])),
      s: 2 * g.reduce((sum, value, c) => sum + value * u[c], 0),
    };
  }

  function integrate(rows: Drawn, start: Moments, T: number, steps: number): Moments {
    const h = T / steps;
    const f = (state: Moments): Moments => rightSide(rows, state);
    let state = start;
    for (let k = 0; k < steps; k++) {
      const k1 = f(state);
      const k2 = f(axpy(state, h / 2, k1));
      const k3 = f(axpy(state, h / 2, k2));
      const k4 = f(axpy(state, h, k3));
      state = axpy(axpy(axpy(axpy(state, h / 6, k1), h / 3, k2), h / 3, k3), h / 6, k4);
    }
    return state;
  }

  it.each([1, 5, 50])('n = %d particles under rk4 follow it to 1e-11', (n) => {
    const rows = draw({ n, m: 7, d: 3 }, 40 + n);
    const T = 1.5;
    const want = integrate(rows, momentsOf(rows.theta.flat(), 3), T, 2000);
    const found = momentsOf(
      new System(problemOf(rows, 'mean-field', { activation: 'linear', integrator: 'rk4', dt: T / 1000 })).step(
        1000,
      ).theta,
      3,
    );
    expect(apart([...found.u, ...found.Q.flat(), found.s], [...want.u, ...want.Q.flat(), want.s])).toBeLessThan(
      1e-11,
    );
  });

  // C = κ I, c = k e, four particles (±√s0, ±√q0): a(t) = ⟨u, e⟩ has a closed form; figures computed from it.
  it.each([
    [0.3, 0.24056193],
    [1, 0.50368943],
    [3, 0.59847115],
  ])('a(%d) = %d in the closed form with κ = 1.5, k = 0.9, s0 = 1, q0 = 0.6, η0 = 0.7', (t, a) => {
    const kappa = 1.5;
    const k = 0.9;
    const side = Math.sqrt(2 * kappa);
    const q = Math.sqrt(0.6);
    const rows = {
      x: [
        [side, 0],
        [0, side],
      ],
      y: [(2 * k) / side, 0],
      theta: [
        [1, q, 0],
        [1, -q, 0],
        [-1, q, 0],
        [-1, -q, 0],
      ],
    };
    const problem = problemOf(rows, 'mean-field', {
      activation: 'linear',
      integrator: 'rk4',
      dt: t / 400,
      speed: 0.7,
    });
    expect(momentsOf(new System(problem).step(400).theta, 2).u[0]).toBeCloseTo(a, 8);
  });

  it('every pairing w1_i w1_j − ⟨w0_i, w0_j⟩ is conserved', () => {
    const rows = draw({ n: 6, m: 5, d: 2 }, 51);
    const system = new System(
      problemOf(rows, 'mean-field', { activation: 'linear', integrator: 'rk4', dt: 0.005 }),
    );
    const pairings = (theta: Float64Array): number[] =>
      Array.from({ length: 36 }, (_, i) => {
        const p = 3 * Math.floor(i / 6);
        const q = 3 * (i % 6);
        return theta[p] * theta[q] - theta[p + 1] * theta[q + 1] - theta[p + 2] * theta[q + 2];
      });
    const before = pairings(system.theta);
    expect(apart(pairings(system.step(300).theta), before)).toBeLessThan(1e-10);
  });
});

describe.each([...SMOOTH, 'relu'] as ActivationName[])('symmetries with φ = %s', (activation) => {
  const rows = draw({ n: 10, m: 5, d: 2 }, 61, 1);
  const STEPS = 20;
  // f sums in another order: a few ε a step, amplified by the flow over 20 steps
  const ROUNDING = 1e-12;
  const run = (drawn: Drawn, form: Parameterization = 'mean-field', more: Partial<Problem> = {}): System =>
    new System(problemOf(drawn, form, { activation, integrator: 'heun', dt: 0.1, ...more })).step(STEPS);

  it('permuting particles commutes with a step', () => {
    const order = [3, 9, 0, 7, 1, 8, 2, 6, 5, 4];
    const { theta } = run(rows);
    const want = order.flatMap((j) => [...theta.subarray(3 * j, 3 * j + 3)]);
    expect(apart(run({ ...rows, theta: order.map((j) => rows.theta[j]) }).theta, want)).toBeLessThan(ROUNDING);
  });

  it('three copies of every particle leave f and the flow as they were', () => {
    const once = run(rows);
    const thrice = run({ ...rows, theta: rows.theta.flatMap((row) => [row, row, row]) });
    expect(apart(thrice.f, once.f)).toBeLessThan(ROUNDING);
    for (let j = 0; j < 30; j++)
      expect(
        apart(thrice.theta.subarray(3 * j, 3 * j + 3), once.theta.subarray(j - (j % 3), j - (j % 3) + 3)),
      ).toBeLessThan(ROUNDING);
  });

  it('turning x and w0 together turns the flow', () => {
    const turn = ([p, q]: number[]): number[] => [0.6 * p - 0.8 * q, 0.8 * p + 0.6 * q];
    const turned = run({
      ...rows,
      x: rows.x.map(turn),
      theta: rows.theta.map(([w1, ...w0]) => [w1, ...turn(w0)]),
    });
    const { theta } = run(rows);
    const want = Array.from({ length: 10 }, (_, j) => [
      theta[3 * j],
      ...turn([...theta.subarray(3 * j + 1, 3 * j + 3)]),
    ]).flat();
    expect(apart(turned.theta, want)).toBeLessThan(ROUNDING);
  });

  it('w1 → −w1, y → −y turns f into −f, to the bit', () => {
    const other = run({
      ...rows,
      y: rows.y.map((value) => -value),
      theta: rows.theta.map(([w1, ...w0]) => [-w1, ...w0]),
    });
    expect([...other.f]).toEqual([...run(rows).f].map((value) => -value));
  });

  it('c times the speed and 1/c times the step is the same step, to the bit', () => {
    expect([...run(rows, 'mean-field', { speed: 4, dt: 0.025 }).theta]).toEqual([...run(rows).theta]);
  });
});

describe('weak form: d/dt ∫ q dρ = ∫ ⟨∇q, b⟩ dρ', () => {
  it.each(['w1²', '|w0|²'] as const)('for q = %s', (name) => {
    const rows = draw({ n: 15, m: 6, d: 2 }, 71);
    const dt = 1e-3;
    const q = ([w1, p, s]: number[]): number => (name === 'w1²' ? w1 * w1 : p * p + s * s);
    const gradient = ([w1, p, s]: number[]): number[] => (name === 'w1²' ? [2 * w1, 0, 0] : [0, 2 * p, 2 * s]);
    const mean = (theta: Float64Array): number =>
      rows.theta.reduce((sum, _, j) => sum + q([...theta.subarray(3 * j, 3 * j + 3)]) / 15, 0);
    const at = (h: number): Float64Array =>
      new System(problemOf(rows, 'mean-field', { integrator: 'rk4', dt: h })).step().theta;
    const euler = new System(problemOf(rows, 'mean-field', { dt: 1 })).step().theta; // θ + b
    const want = rows.theta.reduce(
      (sum, row, j) =>
        sum + gradient(row).reduce((part, value, c) => part + value * (euler[3 * j + c] - row[c]), 0) / 15,
      0,
    );
    expect((mean(at(dt)) - mean(at(-dt))) / (2 * dt)).toBeCloseTo(want, 6); // dt² q'''/6
  });
});
