/** The arithmetic of `npm run bench:gpu`: what it calls right, wrong and met. */
import { describe, expect, it } from 'vitest';
import { faults } from '../../bench/gpu/checks.ts';
import { isRight, kernelTable } from '../../bench/gpu/report.ts';

const variant = (fast: boolean, staged: number) => ({ fast, staged, p: 4, q: 4 });

describe('the table of a GPU', () => {
  it('calls a method right that is the fastest, or exact and not beaten by half as much again', () => {
    const times = { direct: 1.2, mesh: 1 };
    expect(isRight({ auto: 'direct', times })).toBe(true);
    expect(isRight({ auto: 'mesh', times })).toBe(false);
    expect(isRight({ auto: 'mesh', times: { direct: 4, mesh: 1 } })).toBe(true);
    expect(isRight({ auto: 'direct', times: { direct: 4, mesh: 1 } })).toBe(false);
    expect(isRight({ auto: 'direct', times: { direct: 1.2, sector: 1 } })).toBe(false);
  });

  it('has a fault for other bits within a form, and for an error above rounding or no number', () => {
    const checked = [
      { variant: variant(false, 0), sha: 'a', error: 1e-7 },
      { variant: variant(true, 0), sha: 'b', error: 1e-7 },
      { variant: variant(true, 64), sha: 'b', error: 1e-7 },
    ];
    expect(faults(checked)).toEqual([]);
    const wrong = (more: object) =>
      faults([...checked, { ...checked[2], variant: variant(true, 128), ...more }]);
    expect(wrong({ sha: 'a' })).toEqual(['fast, p 4, q 4, staged 128: other bits than the first of its form']);
    for (const error of [1e-3, NaN]) expect(wrong({ error })).toHaveLength(1);
    const onMesh = [{ ...checked[0], error: 1e-4 }];
    expect([faults(onMesh), faults(onMesh, 'mesh')].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('holds the fastest variant of a case to its aim, where aims count', () => {
    const given = { activation: 'tanh', n: 1000, m: 10, d: 2 } as const;
    const times = [
      { variant: variant(true, 0), launches: 5, step: 0.5, kernels: { update: 0.2 } },
      { variant: variant(true, 64), launches: 3, step: 0.3, kernels: { update: 0.1 } },
    ];
    const [first, second] = kernelTable([{ row: { given, aim: 0.36 }, times }], true)
      .split('\n')
      .slice(2);
    expect(first).toContain('staged 64 | 3 | 0.3 | ≤ 0.36: met | update 0.1');
    expect(second).toContain('plain | 5 | 0.5 |  | update 0.2');
    expect(kernelTable([{ row: { given, aim: 0.1 }, times }], true)).toContain('≤ 0.1: missed');
    expect(kernelTable([{ row: { given, aim: 0.1 }, times }], false)).not.toContain('missed');
  });
});
