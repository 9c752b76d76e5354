import { describe, expect, it } from 'vitest';
import { Desk } from '../../src/app/data/desk/desk.ts';
import { LongWork } from '../../src/app/data/long-work.ts';
import { OwnFiles } from '../../src/app/data/own-files.ts';
import { Points } from '../../src/app/data/points.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';

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

describe("the person's files", () => {
  const file = (name: string, text: string): File => new File([text], name);

  it('keep their names: another file of a name that is taken gets one of its own', async () => {
    const files = new OwnFiles(() => undefined);
    const first = file('a.csv', 'x,y\n1,2\n');
    expect(await files.put(first)).toBe('a.csv');
    expect(await files.put(first)).toBe('a.csv');
    expect(await files.put(file('a.csv', 'x,y\n1,2\n'))).toBe('a.csv');
    expect(await files.put(file('a.csv', 'x,y\n1,3\n'))).toBe('a (2).csv');
    expect(new TextDecoder().decode(await files.readBytes('C:\\data\\a (2).csv'))).toBe('x,y\n1,3\n');
    await expect(files.readBytes('b.csv')).rejects.toThrow('b.csv: the page cannot open files by name');
  });

  it('are read once for all that is asked about them, and again where they are read otherwise', async () => {
    const read: string[] = [];
    class Counted extends OwnFiles {
      override readBytes(path: string): Promise<Uint8Array> {
        read.push(path);
        return super.readBytes(path);
      }
    }
    const files = new Counted(() => undefined);
    const desk = new Desk();
    const csv = await files.put(file('t.csv', 'a,b,kind\n1,200,u\n2,-300,v\n,400,v\n'));
    const { columns, rows } = await desk.look(csv, {}, files);
    expect([rows, columns[0].cells, columns[2].isText]).toEqual([3, ['1', '2', '–'], true]);
    const choice = { target: 'b', missing: 'drop' } as const;
    const { proposal, ...chosen } = await desk.choose(csv, choice, files);
    expect(chosen).toEqual({ inputs: ['a'], targets: ['b'], rows: 2 });
    expect(proposal.why).toBe('b reaches 300');
    const config = (width: number) => resolveConfig({ data: { csv, ...choice }, model: { width } });
    const { problem } = await desk.prepare(config(4), 1e6, files);
    expect([...problem.y]).toEqual([200, -300]);
    expect((await desk.prepare(config(8), 1e6, files)).problem.n).toBe(8);
    expect(read).toEqual([csv]);
    await desk.look(csv, { header: false }, files);
    expect(read).toEqual([csv, csv]);
  });
});

it('work that is waited for ends at once when it is stopped, and the next goes on', async () => {
  const said: string[] = [];
  const work = new LongWork((sentence) => void said.push(sentence));
  const waiting = work.wait('It takes long.', new Promise(() => undefined));
  work.stop();
  await expect(waiting).rejects.toThrow('The work was stopped, and nothing was changed');
  expect(await work.wait('Again.', Promise.resolve(3))).toBe(3);
  expect(said).toEqual(['It takes long.', '', 'Again.', '']);
});
