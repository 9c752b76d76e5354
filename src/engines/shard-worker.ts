/**
 * The protocol between the CPU engine and its workers: one message in, one message out, in order. `serve` runs in the
 * worker, `RemoteGroup` in the engine's thread; web workers and Node's worker threads both are a `Port`.
 */
import { LocalShards, type GroupSetup, type Plan, type ShardGroup } from './shards.ts';

/** The part of a worker (or of its parent, seen from the worker) that both platforms share. */
export interface Port {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  onFailure(listener: (reason: string) => void): void;
  close(): void;
}

type Method = keyof LocalShards;
type Request = { readonly setup: GroupSetup } | { readonly method: Method; readonly args: readonly unknown[] };
type Reply = { readonly value: unknown } | { readonly error: string };

/** Answers an engine's requests; call once at the top of a worker's entry file. */
export function serve(port: Pick<Port, 'post' | 'onMessage'>): void {
  let shards: LocalShards | undefined;
  port.onMessage((message) => {
    const request = message as Request;
    try {
      if ('setup' in request) shards = new LocalShards(request.setup);
      const value = 'method' in request ? (shards![request.method] as (...args: unknown[]) => unknown)(...request.args) : undefined;
      port.post({ value } satisfies Reply, buffersOf(value));
    } catch (error) {
      port.post({ error: String(error) } satisfies Reply, []);
    }
  });
}

function buffersOf(value: unknown): ArrayBuffer[] {
  return Array.isArray(value) ? (value as Float64Array<ArrayBuffer>[]).map((array) => array.buffer) : [];
}

/** A worker's shards, seen from the engine. Calls are answered in order; a dead worker rejects all of them. */
export class RemoteGroup implements ShardGroup {
  private readonly waiting: { resolve: (value: never) => void; reject: (error: Error) => void }[] = [];
  private failure: Error | null = null;

  constructor(private readonly port: Port, setup: GroupSetup) {
    port.onMessage((message) => this.settle(message as Reply));
    port.onFailure((reason) => this.fail(new Error(`a CPU worker stopped: ${reason}`)));
    void this.send({ setup }).catch(() => undefined);
  }

  plan = (plan: Plan): Promise<void> => this.call('plan', plan);
  fields = (r: Float64Array, bands: readonly number[]): Promise<Float64Array[]> => this.call('fields', r, bands);
  results = (collected: Float64Array, bands: readonly number[]): Promise<Float64Array[]> => this.call('results', collected, bands);
  outputs = (x?: Float64Array, plan?: Plan): Promise<Float64Array[]> => this.call('outputs', x, plan);
  advance = (stage: number, field: Float64Array, dt: number): Promise<Float64Array[]> => this.call('advance', stage, field, dt);
  extents = (): Promise<Float64Array[]> => this.call('extents');
  driftErrors = (field: Float64Array, r: Float64Array, share: number, phase: number): Promise<Float64Array[]> =>
    this.call('driftErrors', field, r, share, phase);
  theta = (): Promise<Float64Array[]> => this.call('theta');
  speeds = (): Promise<Float32Array[]> => this.call('speeds');
  setTheta = (thetas: readonly Float64Array[]): Promise<void> => this.call('setTheta', thetas);
  destroy(): void {
    this.fail(new Error('the CPU engine was destroyed'));
    this.port.close();
  }

  private call<T>(method: Method, ...args: unknown[]): Promise<T> {
    return this.send({ method, args });
  }

  private send<T>(request: Request): Promise<T> {
    if (this.failure) return Promise.reject(this.failure);
    this.port.post(request, []);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private settle(reply: Reply): void {
    const call = this.waiting.shift();
    if ('error' in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.value as never);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
