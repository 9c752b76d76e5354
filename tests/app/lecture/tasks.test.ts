/** The tasks of the lecture: each can be done, and no scene does it untouched. */
import { expect, it } from 'vitest';
import { CHAPTERS } from '../../../src/app/lecture/chapters.ts';
import { factsOf } from '../../../src/app/lecture/facts.ts';
import type { ChapterId } from '../../../src/app/lecture/ids.ts';
import { taskOf } from '../../../src/app/lecture/tasks/tasks.ts';
import { mergeConfig, type ConfigInput } from '../../../src/core/config/config.ts';
import { createCpuEngine } from '../../../src/engines/cpu/engine.ts';
import { r2OfLoss } from '../../../src/experiments/data/encoding.ts';
import { prepare } from '../../../src/experiments/prepare.ts';
import { resolveConfig } from '../../../src/experiments/presets.ts';
import { NO_FILES } from '../../support/no-files.ts';

/** Whether the run of a chapter's scene, changed so, has done its task after some steps. */
async function isDone(id: ChapterId, change: ConfigInput, steps: number): Promise<boolean> {
  const prepared = await prepare(resolveConfig(mergeConfig(CHAPTERS[id].scene, change)), NO_FILES);
  const { problem, config } = prepared;
  const engine = await createCpuEngine(problem);
  await engine.advance(steps);
  const session = {
    r2: r2OfLoss(engine.loss, problem.y),
    ask: (question: (...all: unknown[]) => unknown) => question(engine, prepared),
  };
  const facts = await factsOf(session as never);
  engine.destroy();
  return taskOf(id).isDone(facts, config);
}

const width = (n: number): ConfigInput => ({ model: { width: n } });
const ntk = (shift: number): ConfigInput => ({
  ...width(64),
  parameterization: { abc: { a: [shift, 0.5 + shift], b: [-shift, -shift], c: -2 * shift } },
});
const at = (w1: number, w0: number): ConfigInput => ({
  ...width(64),
  initial: { w1: { law: 'dirac', at: w1 }, w0: { law: 'dirac', at: w0 } },
});

it.each<[ChapterId, string, ConfigInput, number]>([
  ['ntk', 'in mean field', { ...width(1024), parameterization: 'mean-field' }, 50],
  ['naive', 'by a shorter step', { ...width(16384), dynamics: { dt: 0.01 } }, 50],
  ['mean-field', 'with 64', width(64), 600],
  ['abc', 'shifted', ntk(0.25), 0],
  ['measure', 'in pairs', { ...width(64), initial: { antithetic: true } }, 0],
  ['mckean-vlasov', 'with 64', width(64), 500],
  ['chaos', 'by another seed', { ...width(64), initial: { seed: 7 } }, 100],
  ['pde', 'at one point', at(0.5, 1), 20],
  [
    'papers',
    'by sines',
    {
      model: { width: 256, activation: 'sin' },
      data: { dataset: 'maunga-whau', samples: 256, standardize: true },
    },
    400,
  ],
])('%s can be done: %s', async (id, _, change, steps) => expect(await isDone(id, change, steps)).toBe(true));

it.each<[ChapterId, string, ConfigInput, number]>([
  ['ntk', 'in its own parameterization', width(1024), 200],
  ['ntk', 'before the first step', { ...width(1024), parameterization: 'mean-field' }, 0],
  ['naive', 'with few neurons', {}, 50],
  ['naive', 'with a step that is too long', width(16384), 50],
  ['mean-field', 'with more', width(128), 600],
  ['abc', 'by the scene', width(64), 0],
  ['abc', 'unshifted', ntk(0), 0],
  ['measure', 'by the scene', {}, 0],
  ['mckean-vlasov', 'too early', width(64), 50],
  ['chaos', 'by the usual seed', width(64), 100],
  ['chaos', 'by many', width(4096), 100],
  ['pde', 'by the scene', width(64), 20],
  ['papers', 'too early', { model: { width: 256, activation: 'sin' } }, 1],
])('%s is not done %s', async (id, _, change, steps) => expect(await isDone(id, change, steps)).toBe(false));
