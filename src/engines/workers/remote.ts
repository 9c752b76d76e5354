/**
 * The protocol between the CPU engine and its workers, seen from the engine: one message in, one message out,
 * in order. Web workers and Node's worker threads both are a `Port`. What answers is worker-host.ts.
 */

/** The part of a worker (or of its parent, seen from the worker) that both platforms share. */
export interface Port {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  onFailure(listener: (reason: string) => void): void;
  close(): void;
}

/** What a worker can host. */
export type Kind = 'shards' | 'replicas' | 'density' | 'kernel' | 'nothing';
export type Request =
  | { readonly kind: Kind; readonly setup: unknown }
  | { readonly method: string; readonly args: readonly unknown[] };
export type Reply = { readonly value: unknown } | { readonly error: string };

/**
 * What a worker hosts, seen from the engine. Calls are answered in order; a dead worker rejects all of them.
 */
export class Remote {
  private readonly waiting: { resolve: (value: never) => void; reject: (error: Error) => void }[] = [];
  private failure: Error | null = null;

  constructor(
    private readonly port: Port,
    kind: Kind,
    setup: unknown,
  ) {
    port.onMessage((message) => this.settle(message as Reply));
    port.onFailure((reason) => this.fail(new Error(`a CPU worker stopped: ${reason}`)));
    void this.send({ kind, setup }).catch(() => undefined);
  }

  call<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.send({ method, args });
  }

  destroy(): void {
    this.fail(new Error('the CPU engine was destroyed'));
    this.port.close();
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
