/** What the lecture's "Try" promise, in numbers: its scenes and the changes that they ask for, on the float64 engine. */
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../src/core/config/config.ts';
import { mergeConfig } from '../../src/core/config/config.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { prepare } from '../../src/experiments/prepare.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { CHAPTERS } from '../../src/app/lecture/chapters.ts';
import type { ChapterId } from '../../src/app/lecture/ids.ts';
import { triesOf, type Try } from '../../src/app/lecture/tries.ts';
import { NO_FILES } from '../support/no-files.ts';

const opened = async (scene: ConfigInput, change: ConfigInput, theta?: ArrayLike<number>): Promise<Engine> => {
  const { problem } = await prepare(resolveConfig(mergeConfig(scene, change)), NO_FILES);
  return createCpuEngine(theta ? { ...problem, theta: Float64Array.from(theta) } : problem, {
    method: 'direct',
  });
};

/** Losses of each of `steps` steps, and how far θ has moved, over its rms. */
async function trained(scene: ConfigInput, change: ConfigInput, steps: number) {
  const engine = await opened(scene, change);
  const first = Float64Array.from(await engine.theta());
  const losses = [engine.loss, ...(await engine.advance(steps, { every: 1 })).map(({ loss }) => loss)];
  const last = await engine.theta();
  const square = (of: (i: number) => number): number => first.reduce((sum, _, i) => sum + of(i) ** 2, 0);
  const moved = Math.sqrt(square((i) => last[i] - first[i]) / square((i) => first[i]));
  engine.destroy();
  return { losses, moved, theta: last };
}

/** What the button of that number sets, and the step at which it stops. */
function tried(id: ChapterId, place: number): { readonly set: ConfigInput; readonly steps: number } {
  const one: Try = triesOf(id)[place];
  const { dt } = resolveConfig(mergeConfig(CHAPTERS[id].scene, one.set ?? {})).dynamics;
  const { condition, value } = one.stop!;
  return { set: one.set ?? {}, steps: condition === 't' ? Math.round(value / dt) : value };
}

/** The run of that button. */
const carriedOut = (id: ChapterId, place: number, over: ConfigInput = {}) => {
  const { set, steps } = tried(id, place);
  return trained(CHAPTERS[id].scene, mergeConfig(set, over), steps);
};

it('ntk: with 16 times the neurons the loss falls in the same way, and they move a quarter as far', async () => {
  const [few, many] = [await carriedOut('ntk', 0), await carriedOut('ntk', 1)];
  expect(many.losses[50] / few.losses[50]).toBeCloseTo(1, 0.7);
  expect(many.moved / few.moved).toBeGreaterThan(0.2);
  expect(many.moved / few.moved).toBeLessThan(0.35);
});

describe('naive', () => {
  it('at n = 256 the loss falls at every step', async () => {
    const { losses } = await carriedOut('naive', 0);
    expect(losses.every((loss, k) => k === 0 || loss < losses[k - 1])).toBe(true);
    expect(losses.at(-1)!).toBeLessThan(losses[0] / 3);
  });
  it('at 4,096 it leaps up before it falls', async () => {
    const { losses } = await carriedOut('naive', 1);
    expect(Math.max(...losses)).toBeGreaterThan(10 * losses[0]);
    expect(losses.at(-1)!).toBeLessThan(losses[0] / 5);
  });
  it('at 16,384 it grows without end', async () => {
    const { losses } = await carriedOut('naive', 2);
    expect(losses.at(-1)!).toBeGreaterThan(1e6 * losses[0]);
    expect(losses.slice(40).every((loss, k) => k === 0 || loss > losses[39 + k])).toBe(true);
  });
});

it('abc: mean-field has the loss of μP at step 200 once it is drawn anew, and another one with the weights kept', async () => {
  const { scene } = CHAPTERS.abc;
  const small = { model: { width: 512 } };
  const shifted = await carriedOut('abc', 0, small);
  const { keeps, set: other } = triesOf('abc')[1];
  expect(keeps).toBe(true);
  const again = await carriedOut('abc', 2, small);
  expect(again.losses[200] / shifted.losses[200]).toBeCloseTo(1, 9);
  const kept = await opened(scene, mergeConfig(other!, small), shifted.theta);
  expect(kept.loss / shifted.losses[200]).toBeGreaterThan(2);
  kept.destroy();
});

it('mean-field: f is almost 0 at the start, the less the more neurons there are', async () => {
  const { scene } = CHAPTERS['mean-field'];
  const size = async (width: number): Promise<number> => {
    const engine = await opened(scene, { model: { width } });
    const f = await engine.f();
    engine.destroy();
    return Math.hypot(...f) / Math.sqrt(f.length);
  };
  const [few, many] = [await size(256), await size(65536)];
  expect(few).toBeLessThan(0.2);
  expect(many).toBeLessThan(few / 4);
});

it('mean-field: 16 times the neurons come equally far, with the same loss', async () => {
  const [few, many] = [
    await carriedOut('mean-field', 0),
    await carriedOut('mean-field', 1, { model: { width: 4096 } }),
  ];
  expect(many.moved / few.moved).toBeGreaterThan(0.9);
  expect(many.moved / few.moved).toBeLessThan(1.1);
  expect(Math.abs(Math.log(many.losses.at(-1)! / few.losses.at(-1)!))).toBeLessThan(0.3);
});

it('mckean-vlasov: from t = 400 on most of the cloud lies near the lines of its teacher', async () => {
  const { scene } = CHAPTERS['mckean-vlasov'];
  const { encoding } = await prepare(resolveConfig(scene), NO_FILES);
  const { theta } = await carriedOut('mckean-vlasov', 0, { model: { width: 256 } });
  const lines = encoding.teacher.map(([, ...w0]) => Math.atan2(w0[1], w0[0]));
  let [near, all] = [0, 0];
  for (let row = 0; row < theta.length; row += 3) {
    const weight = Math.abs(theta[row]) * Math.hypot(theta[row + 1], theta[row + 2]);
    const angle = Math.atan2(theta[row + 2], theta[row + 1]);
    const off = Math.min(...lines.map((line) => Math.abs(Math.sin(angle - line))));
    all += weight;
    if (off < Math.sin(Math.PI / 18)) near += weight;
  }
  // five lines and ten degrees to either side of each are 5/9 of all directions
  expect(near / all).toBeGreaterThan(0.75);
});

it('chaos: with 16 times the neurons the loss at step 100 varies about a quarter as much', async () => {
  const deviation = async (place: number, width: number): Promise<number> => {
    const losses: number[] = [];
    for (let seed = 2; seed <= 9; seed++) {
      // an eighth of the neurons of each button: their ratio is that of the buttons
      const { losses: run } = await carriedOut('chaos', place, { model: { width }, initial: { seed } });
      losses.push(run.at(-1)!);
    }
    const mean = losses.reduce((sum, loss) => sum + loss / 8, 0);
    return Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2 / 7, 0));
  };
  const ratio = (await deviation(0, 128)) / (await deviation(1, 2048));
  expect(ratio).toBeGreaterThan(2);
  expect(ratio).toBeLessThan(8);
});
