import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../src/core/config/config.ts';
import { CapacityError } from '../../src/engines/engine.ts';
import { openFirst } from '../../src/app/run/first.ts';

/** Opens what `fits`; all that was tried, and what came of it. */
async function tried(input: ConfigInput, fits: (input: ConfigInput) => boolean) {
  const all: ConfigInput[] = [];
  const sentence = await openFirst((wish) => {
    all.push(wish);
    return fits(wish) ? Promise.resolve() : Promise.reject(new Error(`no room for try ${all.length}.`));
  }, input).catch((error: Error) => error);
  return { all, sentence };
}

describe('the first run', () => {
  const wish: ConfigInput = { preset: 'moons', model: { width: 2 ** 30 }, dynamics: { dt: 0.5 } };

  it('is what was asked for, without a word', async () => {
    expect(await tried(wish, () => true)).toEqual({ all: [wish], sentence: '' });
  });

  it('has fewer neurons where so many are too many', async () => {
    const { all, sentence } = await tried(wish, ({ model }) => model?.width === undefined);
    expect(all.at(-1)).toEqual({ preset: 'moons', model: {}, dynamics: { dt: 0.5 } });
    expect(sentence).toBe(
      'What was asked for cannot run here: no room for try 1. This is the same with fewer neurons.',
    );
  });

  it('else is the preset as it comes, else the usual one', async () => {
    const plain = await tried(wish, ({ dynamics }) => dynamics === undefined);
    expect(plain.all.at(-1)).toEqual({ preset: 'moons' });
    expect(plain.sentence).toMatch(/no room for try 1\. This is the preset “.+”\.$/);
    const usual = await tried(wish, ({ preset }) => preset === 'tanh-curve');
    expect(usual.all.at(-1)).toEqual({ preset: 'tanh-curve' });
    const own = await tried({ data: { csv: 'a.csv' } } as ConfigInput, ({ data }) => data === undefined);
    expect(own.all.at(-1)).toEqual({ preset: 'tanh-curve' });
  });

  it('is on the CPU where nothing else runs, and else what was wrong at first is said', async () => {
    const cpu = await tried(wish, ({ engine }) => engine === 'cpu');
    expect(cpu.all.at(-1)).toMatchObject({ engine: 'cpu', model: { width: 1024 } });
    expect((await tried(wish, () => false)).sentence).toEqual(new Error('no room for try 1.'));
  });

  it('has half as many neurons, and half of those, where memory is too small for them', async () => {
    const widths: unknown[] = [];
    const sentence = await openFirst(async ({ model }) => {
      widths.push(model?.width);
      if (model!.width! > 2 ** 27) throw new CapacityError('no room');
    }, wish);
    expect(widths).toEqual([2 ** 30, 2 ** 29, 2 ** 28, 2 ** 27]);
    expect(sentence).toBe(
      'What was asked for cannot run here: no room. This is the same with 134,217,728 neurons.',
    );
  });
});
