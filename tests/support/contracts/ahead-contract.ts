/** Steps that are asked for before others are done. */
import type { LossRecord } from '../../../src/engines/engine.ts';
import { expectEqual, expectRejection, expectSameBits } from '../close.ts';
import { draw, problemOf } from '../problems.ts';
import type { Law } from './engine-contract.ts';
import { withEngine } from './with-engine.ts';

const small = { n: 257, m: 20, d: 2 };

const grouped: Law = {
  title: 'steps asked for ahead have the bits and losses of others, of each step once; all else waits for them',
  async holds(open) {
    const problem = problemOf(draw(small, 31));
    const [theta, losses] = await withEngine(open, problem, async (engine) => {
      const before = await engine.advance(9, { every: 1 });
      engine.setStepSize(0.05);
      return [await engine.advance(6, { every: 1 }).then(() => engine.theta()), before] as const;
    });
    await withEngine(open, problem, async (engine) => {
      const records: LossRecord[] = [];
      for (const k of [1, 3, 2]) {
        const before = engine.asked ?? engine.step;
        records.push(...(await engine.advance(k, { every: 1, ahead: true })));
        expectEqual('asked', engine.asked ?? engine.step, before + k);
        expectEqual('those before are done', engine.step >= before, true);
      }
      await engine.predict(problem.x.slice(0, 2));
      expectEqual('step of a prediction', engine.step, 6);
      records.push(...(await engine.advance(3, { every: 1, ahead: true })));
      records.push(...(await engine.advance(0, { every: 1 })));
      expectEqual(
        'losses',
        [...new Set(records.map(({ step, loss }) => `${step} ${loss}`))],
        losses.map(({ step, loss }) => `${step} ${loss}`),
      );
      expectEqual('none twice but the last', records.length <= losses.length + 1, true);
      engine.setStepSize(0.05);
      await engine.advance(4, { ahead: true });
      await engine.advance(2, { ahead: true });
      expectSameBits('θ', await engine.theta(), theta);
      expectEqual('step', engine.step, 15);
    });
  },
};

const diverging: Law = {
  title:
    'a run that diverges in steps asked for ahead says so at the next call, whoever asks between, and can go back',
  async holds(open) {
    const problem = problemOf(draw(small, 6), 'mean-field', { activation: 'quadratic', dt: 1e6 });
    for (const asks of [false, true])
      await withEngine(open, problem, async (engine) => {
        const run = async (): Promise<void> => {
          for (let k = 0; k < 100; k++) {
            await engine.advance(2, { ahead: true });
            if (asks) await engine.theta();
          }
        };
        await expectRejection('dt = 1e6', run(), 'DivergedError');
        engine.setStepSize(1e-3);
        await engine.restore(problem.theta, 0);
        expectEqual('steps after the restore', (await engine.advance(3)).at(-1)?.step, 3);
      });
  },
};

export const AHEAD_LAWS: readonly Law[] = [grouped, diverging];
