/** An engine computes f before it is there: of many pairs that takes long, is said before, and may be stopped. */
import type { EngineInfo, Problem } from '../../engines/engine.ts';
import { openEngine, type Choice, type Platform, type Port, type Wish } from '../../engines/select.ts';
import { secondsOfStep } from '../../experiments/forecast.ts';
import { StoppedError } from '../data/long-work.ts';
import { say } from '../say.ts';

/** Seconds of a step from which on they are said. */
const LONG = 3;

/** Tells a sentence while work lasts, and rejects with StoppedError as soon as the person has enough of it. */
export type Wait = <T>(sentence: string, work: Promise<T>) => Promise<T>;

/** `like`: an engine of this machine. */
export async function openPatiently(
  wish: Wish,
  problem: Problem,
  platform: Platform,
  like: Pick<EngineInfo, 'name' | 'software' | 'adapter'>,
  wait: Wait,
): Promise<Choice> {
  const { cpu } = platform;
  const seconds = secondsOfStep(problem, wish.method, like, cpu.workers ?? 1);
  if (seconds < LONG) return openEngine(wish, problem, platform);
  const { spawn } = cpu;
  const ports: Port[] = [];
  const kept = (): Port => (ports.push(spawn!()), ports.at(-1)!);
  const opening = openEngine(wish, problem, { ...platform, cpu: { ...cpu, ...(spawn && { spawn: kept }) } });
  const [n, m] = [problem.n, problem.m].map((count) => count.toLocaleString('en'));
  const sentence = say('{n} neurons meet {m} samples: a step takes about {seconds} s here.', {
    n,
    m,
    seconds: Number(seconds.toPrecision(1)),
  });
  try {
    return await wait(sentence, opening);
  } catch (error) {
    if (error instanceof StoppedError) abandon(opening, ports);
    throw error;
  }
}

/** Workers end in the middle of what they do; a GPU's engine goes when it has come. */
function abandon(opening: Promise<Choice>, ports: readonly Port[]): void {
  for (const port of ports) port.close();
  if (ports.length === 0) void opening.then(({ engine }) => engine.destroy()).catch(() => undefined);
}
