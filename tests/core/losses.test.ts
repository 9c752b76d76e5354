import { describe, expect, it } from 'vitest';
import { LOSSES, targetsFault, type Loss, type LossName } from '../../src/core/objective/losses.ts';
import { generator } from '../support/problems.ts';

const names = Object.keys(LOSSES) as LossName[];
const all: Record<LossName, Loss> = LOSSES;

/** Rows of f in [−size, size] with targets that the loss takes. */
function rowsFor(name: LossName, c: number, size: number, rows = 40): { f: number[]; y: number[] }[] {
  const next = generator(c + 100 * size);
  const kinds = {
    numbers: () => Array.from({ length: c }, () => 4 * next() - 2),
    signs: () => [next() < 0.5 ? -1 : 1],
    'one-hot': () => {
      const label = Math.floor(c * next());
      return Array.from({ length: c }, (_, k) => Number(k === label));
    },
  };
  return Array.from({ length: rows }, () => ({
    f: Array.from({ length: c }, () => size * (2 * next() - 1)),
    y: kinds[all[name].targets](),
  }));
}

/** Outputs for which a loss is. */
const OUTPUTS = { numbers: [1, 3], signs: [1], 'one-hot': [2, 5] } as const;
const cases = names.flatMap((name) => OUTPUTS[all[name].targets].map((c) => ({ name, c })));

const slopesOf = (name: LossName, f: readonly number[], y: readonly number[]): number[] => {
  const r = new Float64Array(f.length);
  all[name].slope(r, f, y, 0, f.length);
  return [...r];
};

/** The largest eigenvalue of a symmetric matrix, by so many power iterations that only rounding is left. */
function largestEigenvalue(H: readonly (readonly number[])[]): number {
  let v = H.map((_, k) => Math.cos(3 * k + 1));
  let norm = 0;
  for (let i = 0; i < 20_000; i++) {
    const image = H.map((row) => row.reduce((sum, entry, k) => sum + entry * v[k], 0));
    norm = Math.hypot(...image);
    if (norm === 0) return 0;
    v = image.map((entry) => entry / norm);
  }
  return norm;
}

describe.each(cases)('the loss $name of $c outputs', ({ name, c }) => {
  const loss = all[name];
  const step = 1e-5;
  /** A kink of the slope within the step is none of the formula's faults. */
  const isSmooth = ({ f, y }: { f: number[]; y: number[] }): boolean =>
    name !== 'huber' || f.every((value, k) => Math.abs(Math.abs(value - y[k]) - 1) > 2 * step);
  const moved = (f: readonly number[], k: number, by: number): number[] =>
    f.map((v, i) => (i === k ? v + by : v));

  it('has the slope that difference quotients of its value have', () => {
    for (const { f, y } of rowsFor(name, c, 3).filter(isSmooth)) {
      const quotients = f.map(
        (_, k) =>
          (loss.value(moved(f, k, step), y, 0, c) - loss.value(moved(f, k, -step), y, 0, c)) / (2 * step),
      );
      const size = 1 + loss.value(f, y, 0, c);
      slopesOf(name, f, y).forEach((slope, k) =>
        expect(Math.abs(slope - quotients[k])).toBeLessThan(1e-8 * size),
      );
    }
  });

  it('has the largest eigenvalue of the difference quotients of its slope as curvature', () => {
    for (const { f, y } of rowsFor(name, c, 3, 12).filter(isSmooth)) {
      const H = f.map((_, k) => {
        const [up, down] = [step, -step].map((by) => slopesOf(name, moved(f, k, by), y));
        return up.map((value, i) => (value - down[i]) / (2 * step));
      });
      const want = largestEigenvalue(H);
      expect(Math.abs(loss.curvature(f, y, 0, c) - want)).toBeLessThan(1e-7 * (1 + want));
    }
  });

  it('reads rows where they begin', () => {
    const rows = rowsFor(name, c, 2, 5);
    const f = rows.flatMap((row) => row.f);
    const y = rows.flatMap((row) => row.y);
    const r = new Float64Array(f.length);
    rows.forEach((row, i) => {
      expect(loss.value(f, y, i * c, c)).toBe(loss.value(row.f, row.y, 0, c));
      expect(loss.curvature(f, y, i * c, c)).toBe(loss.curvature(row.f, row.y, 0, c));
      loss.slope(r, f, y, i * c, c);
    });
    expect([...r]).toEqual(rows.flatMap((row) => slopesOf(name, row.f, row.y)));
  });

  it('is a number where f is not', () => {
    for (const { y } of rowsFor(name, c, 1, 3)) {
      expect(
        loss.value(
          Array.from({ length: c }, () => NaN),
          y,
          0,
          c,
        ),
      ).toBeNaN();
      expect(
        slopesOf(
          name,
          Array.from({ length: c }, () => NaN),
          y,
        ).some(Number.isNaN),
      ).toBe(true);
    }
  });
});

/** Relative, a few ULP. */
const close = (got: number, want: number): void =>
  expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-15 * want);

describe('in the tails', () => {
  const { logistic, exponential, 'cross-entropy': crossEntropy } = LOSSES;

  it('the logistic loss and its slope are e^−z far on the right side, −z and 1 far on the wrong one', () => {
    for (const z of [40, 300, 700]) {
      close(logistic.value([z], [1], 0, 1), Math.exp(-z));
      close(-slopesOf('logistic', [z], [1])[0], Math.exp(-z));
      close(slopesOf('logistic', [-z], [-1])[0], Math.exp(-z));
      close(logistic.curvature([z], [1], 0, 1), Math.exp(-z));
      expect(logistic.value([-z], [1], 0, 1)).toBe(z);
      expect(slopesOf('logistic', [z], [-1])).toEqual([1]);
    }
    expect(logistic.value([-1e300], [1], 0, 1)).toBe(1e300);
    expect(slopesOf('logistic', [-1e300], [1])).toEqual([-1]);
  });

  it('the exponential loss is finite as long as e^−z is', () => {
    expect(exponential.value([-709], [1], 0, 1)).toBe(Math.exp(709));
    expect(slopesOf('exponential', [709], [-1])).toEqual([Math.exp(709)]);
    expect(exponential.value([800], [1], 0, 1)).toBe(0);
  });

  it('cross-entropy of an offset is that without, and small losses keep their digits', () => {
    for (const offset of [-1e6, 0, 1e6, 1e15]) {
      expect(crossEntropy.value([offset, offset + 1, offset - 2], [0, 1, 0], 0, 3)).toBe(
        crossEntropy.value([0, 1, -2], [0, 1, 0], 0, 3),
      );
    }
    const f = [0, 60, 0];
    close(crossEntropy.value(f, [0, 1, 0], 0, 3), 2 * Math.exp(-60));
    close(-slopesOf('cross-entropy', f, [0, 1, 0])[1], 2 * Math.exp(-60));
    // λ_max of diag(p) − p pᵀ for p = (ε, 1 − 2ε, ε): 3 · 2ε/2 to first order
    close(crossEntropy.curvature(f, [0, 1, 0], 0, 3), 3 * Math.exp(-60));
    expect(crossEntropy.value([1e300, 0], [0, 1], 0, 2)).toBe(1e300);
    expect(slopesOf('cross-entropy', [1e300, 0], [0, 1])).toEqual([1, -1]);
    expect(crossEntropy.curvature([1e300, 0], [0, 1], 0, 2)).toBe(0);
  });

  it('with two classes cross-entropy is the logistic loss of the difference', () => {
    for (const z of [-30, -1, 0, 0.5, 4, 200]) {
      close(crossEntropy.value([z, 0], [1, 0], 0, 2), logistic.value([z], [1], 0, 1));
      close(-slopesOf('cross-entropy', [z, 0], [1, 0])[0], -slopesOf('logistic', [z], [1])[0]);
      close(crossEntropy.curvature([z, 0], [1, 0], 0, 2), 2 * logistic.curvature([z], [1], 0, 1));
    }
  });
});

describe('targets', () => {
  it('that a loss takes have no fault', () => {
    for (const { name, c } of cases) {
      const y = Float64Array.from(rowsFor(name, c, 1).flatMap((row) => row.y));
      expect(targetsFault(name, y, c)).toBeNull();
    }
  });

  it('that it does not take are named, with what to do', () => {
    expect(targetsFault('logistic', [1, -1, 0], 1)).toMatch(/-1 or 1, and y = 0 in row 2/);
    expect(targetsFault('exponential', [1, 0.5], 1)).toMatch(/y = 0.5 in row 1/);
    expect(targetsFault('logistic', [1, -1], 2)).toMatch(/c = 2.*cross-entropy/);
    expect(targetsFault('cross-entropy', [1, -1], 1)).toMatch(/c = 1.*logistic/);
    expect(targetsFault('cross-entropy', [1, 0, 0, 0], 2)).toMatch(/row 1/);
    expect(targetsFault('cross-entropy', [1, 0, 0.5, 0.5], 2)).toMatch(/row 1/);
    expect(targetsFault('cross-entropy', [1, 0, 1, 1], 2)).toMatch(/row 1/);
  });
});
