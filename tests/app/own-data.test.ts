import { describe, expect, it } from 'vitest';
import { Points } from '../../src/app/data/points.ts';

describe('drawn points', () => {
  it('go back one change at a time, a drag being one, to none', () => {
    const points = new Points();
    const p = { x: 1, y: 2, value: 1 };
    points.add(p);
    points.add({ ...p, x: 3 });
    points.set(0, { ...p, x: 5 });
    points.set(0, { ...p, x: 6 }, true);
    points.remove(1);
    expect(points.all.map((point) => point.x)).toEqual([6]);
    const back = Array.from({ length: 5 }, () => (points.undo(), points.all.map((point) => point.x)));
    expect(back).toEqual([[6, 3], [1, 3], [1], [], []]);
    expect(points.canUndo).toBe(false);
  });

  it('cannot be more than the page keeps', () => {
    const points = new Points();
    for (let i = 0; i < 500; i++) points.add({ x: i, y: 0, value: 0 });
    expect(() => points.add({ x: 0, y: 0, value: 0 })).toThrow(/500 points/);
  });
});
