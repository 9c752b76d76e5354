import { expect, it, vi } from 'vitest';
import { CHAPTERS } from '../../src/app/lecture/chapters.ts';
import { Runaway } from '../../src/app/run/runaway.ts';
import type { Session } from '../../src/app/run/session.ts';
import { createCpuEngine } from '../../src/engines/cpu/engine.ts';
import { prepare } from '../../src/experiments/prepare.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { NO_FILES } from '../support/no-files.ts';
import { WAIT } from '../support/patience.ts';

/** A session that stands on one engine. */
async function stands(dt: number) {
  const scene = { ...CHAPTERS.naive.scene, model: { width: 256 }, dynamics: { dt } };
  const { config, problem } = await prepare(resolveConfig(scene), NO_FILES);
  const engine = await createCpuEngine(problem, { method: 'direct' });
  const events = new EventTarget();
  const session = {
    events,
    live: engine,
    config: () => config,
    ask: (work: (one: unknown) => unknown) => work(engine),
  };
  const told: string[] = [];
  const runaway: Runaway = new Runaway(session as unknown as Session, () => told.push(runaway.sentence));
  const tell = (event: string): void => void events.dispatchEvent(new Event(event));
  tell('replaced');
  return { engine, runaway, told, tell };
}

it('a loss that runs away is told in one sentence with the step that would be stable, until the run is another', async () => {
  const { engine, runaway, told, tell } = await stands(2);
  for (let k = 0; k < 60; k++) {
    await engine.advance(1);
    tell('advanced');
  }
  await vi.waitFor(() => expect(runaway.sentence).not.toBe(''), WAIT);
  expect(told).toHaveLength(1);
  expect(runaway.sentence).toMatch(
    /^The loss has run away, from [\d.]+ to [\d.e+]+ and on: the step dt = 2 is above ≈ ([\d.e-]+), /,
  );
  expect(Number(/≈ ([\d.e-]+)/.exec(runaway.sentence)![1])).toBeLessThan(2);
  runaway.dismiss();
  await engine.advance(1);
  tell('advanced');
  expect(runaway.sentence).toBe(''); // the person has read it
  engine.destroy();
});

it('of one that falls, or leaps and is back, nothing is said', async () => {
  const { engine, told, tell } = await stands(0.05);
  for (let k = 0; k < 40; k++) {
    await engine.advance(1);
    tell('advanced');
  }
  expect(told).toEqual([]);
  engine.destroy();
});
