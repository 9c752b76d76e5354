/** Workers that outlive their engines: the next engine is answered as if the worker were its own. */
import { describe, expect, it } from 'vitest';
import type { HostedReplicas, ReplicasSetup } from '../../src/engines/cpu/hosted-replicas.ts';
import type { Hosted } from '../../src/engines/workers/calls.ts';
import { remote, type Reply, type Request } from '../../src/engines/workers/remote.ts';
import { draw, problemOf } from '../support/problems.ts';
import { pooled } from '../../src/engines/workers/pool.ts';
import { FakeWorker } from '../support/fake-worker.ts';

/** What an engine asks a worker to host, with a name that the worker answers by. */
const named = (name: string): ReplicasSetup & { readonly name: string } => ({
  name,
  problem: problemOf(draw({ n: 1, m: 1, d: 1 }, 1)),
  thetas: [],
  numbers: [],
  method: 'direct',
  kernels: null,
});

/** Answers calls with what it hosts, when it is told to. */
class Worker extends FakeWorker {
  resting = false;
  private host: unknown = null;
  private readonly questions: Request[] = [];

  post(message: unknown): void {
    this.questions.push(message as Request);
  }
  rest(on: boolean): void {
    this.resting = on;
  }
  answerAll(): void {
    for (const question of this.questions.splice(0)) {
      if ('kind' in question) this.host = (question.setup as ReturnType<typeof named> | null)?.name;
      this.listener({
        value: 'kind' in question ? undefined : `${question.method} of ${String(this.host)}`,
      } satisfies Reply);
    }
  }
}

function workshop(most = 2): { started: Worker[]; engine: (name: string) => Hosted<HostedReplicas> } {
  const started: Worker[] = [];
  const spawn = pooled(() => {
    started.push(new Worker());
    return started.at(-1)!;
  }, most);
  return { started, engine: (name) => remote(spawn(), 'replicas', named(name)) };
}

describe('a pool of workers', () => {
  it('gives the worker of an engine that is done to the next one, and each is answered its own', async () => {
    const { started, engine } = workshop();
    const first = engine('first');
    const theta = first.theta();
    started[0].answerAll();
    expect(await theta).toBe('theta of first');
    first.destroy();
    expect([started[0].resting, started[0].closed]).toEqual([true, false]);
    const second = engine('second');
    const f = second.f(); // asked before the worker has answered that it rests
    started[0].answerAll();
    expect(await f).toBe('f of second');
    expect([started.length, started[0].resting]).toEqual([1, false]);
  });

  it('ends a worker whose engine is destroyed in the middle of a call, or that has failed', async () => {
    const { started, engine } = workshop();
    const first = engine('first');
    const lost = first.theta();
    first.destroy();
    await expect(lost).rejects.toThrow('the CPU engine was destroyed');
    expect(started[0].closed).toBe(true);
    const second = engine('second');
    started[1].answerAll();
    started[1].fail('out of memory');
    await expect(second.f()).rejects.toThrow('out of memory');
    second.destroy();
    engine('third');
    expect([started.length, started[1].closed]).toEqual([3, true]);
  });

  it('does not hire a worker that has failed while it rested', () => {
    const { started, engine } = workshop();
    const first = engine('first');
    started[0].answerAll();
    first.destroy();
    started[0].fail('killed');
    engine('second');
    expect(started.length).toBe(2);
  });

  it('keeps no more of them than it is told', () => {
    const { started, engine } = workshop(1);
    const engines = [engine('p'), engine('q')];
    for (const worker of started) worker.answerAll();
    for (const one of engines) one.destroy();
    expect(started.map(({ closed }) => closed)).toEqual([false, true]);
  });
});
