/** What holds however steps are grouped, and wherever they take rows of their own: batches of the data or fresh ones. */
import type { Problem, Theta } from '../../../src/engines/engine.ts';
import type { Stream } from '../../../src/core/dynamics/streams.ts';
import { expectEqual, expectSameBits } from '../close.ts';
import type { OutputsProblem } from '../oracles/outputs-oracle.ts';
import { withEngine, type Open } from './with-engine.ts';

/** A stream of a teacher's samples in so many dimensions. */
export const streamOf = (
  size: number,
  {
    dimension = 3,
    seed = 5,
    ...more
  }: Partial<Stream> & { readonly dimension?: number; readonly seed?: number } = {},
): Stream => ({
  size,
  reuse: 1,
  labelNoise: 0,
  source: { dataset: 'teacher', seed, noise: 0, dimension },
  bias: true,
  inner: 1,
  ...more,
});

/** 16 steps have the same bits in one call, one by one, and after a way back to step 7; gives θ after them. */
export async function sameHoweverGrouped(open: Open, problem: Problem, what = 'θ'): Promise<Theta> {
  const whole = await withEngine(open, problem, async (engine) => (await engine.advance(16), engine.theta()));
  await withEngine(open, problem, async (engine) => {
    for (let k = 0; k < 7; k++) await engine.advance(1, { ahead: true });
    const middle = await engine.theta();
    const accuracy = engine.accuracy ?? undefined; // of the grid, where there is one
    await engine.advance(3);
    await engine.restore(middle, 7, accuracy);
    await engine.advance(9);
    expectSameBits(what, await engine.theta(), whole);
  });
  return whole;
}

/** Bits do not depend on how steps are grouped, and a run that is resumed at step 7 has those of one that was not. */
export async function resumesAt7(open: Open, problem: Problem): Promise<void> {
  const [middle, velocity, end, loss] = await withEngine(open, problem, async (engine) => {
    await engine.advance(1);
    await engine.advance(6);
    const there = await engine.theta();
    const carried = (await engine.velocity?.()) ?? undefined;
    await engine.advance(20);
    return [there, carried, await engine.theta(), engine.loss] as const;
  });
  await withEngine(open, problem, async (engine) => {
    await engine.advance(27);
    expectSameBits('in one call', await engine.theta(), end);
    await engine.restore(middle, 7, undefined, velocity);
    await engine.advance(20);
    expectSameBits('resumed', await engine.theta(), end);
    expectEqual('loss', engine.loss, loss);
  });
}

/** The second half of the neurons, as a replica beside the first, moves as it would alone. */
export async function eachAlone(
  open: Open,
  drawn: OutputsProblem,
  problemOf: (half: OutputsProblem) => Problem,
): Promise<void> {
  const half = drawn.theta.length / 2;
  const [first, second] = [0, half].map((from) =>
    problemOf({ ...drawn, theta: drawn.theta.slice(from, from + half) }),
  );
  const theta = Float64Array.of(...first.theta, ...second.theta);
  const together = await withEngine(open, { ...first, theta, replicas: 2 }, async (engine) => {
    await engine.advance(6);
    return engine.theta();
  });
  await withEngine(open, second, async (engine) => {
    await engine.advance(6);
    expectSameBits('θ of the second', together.subarray(first.theta.length), await engine.theta());
  });
}
