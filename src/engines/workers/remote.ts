/**
 * The protocol between the CPU engine and its workers, seen from the engine: one message in, one message out,
 * in order. Web workers and Node's worker threads both are a `Port`. What answers is host.ts.
 */
import { DeviceLostError } from '../engine.ts';
import { hosted, type Hosted } from './calls.ts';
import type { HostOf, Kind, SetupOf } from './host.ts';

/** The part of a worker (or of its parent, seen from the worker) that both platforms share. */
export interface Port {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  onFailure(listener: (reason: string) => void): void;
  close(): void;
}

/** A thing to host from now on, in place of what there was: plain data, which goes by a copy. */
export interface Opening<K extends Kind = Kind> {
  readonly kind: K;
  readonly setup: SetupOf<K>;
}
export type Request = Opening | { readonly method: string; readonly args: readonly unknown[] };
export type Reply = { readonly value: unknown } | { readonly error: string };

/** What a worker hosts from now on. Calls are answered in order; a dead worker rejects all of them. */
export function remote<K extends Kind>(port: Port, kind: K, setup: SetupOf<K>): Hosted<HostOf<K>> {
  const line = new Line(port);
  void line.send({ kind, setup }).catch(() => undefined); // the calls that follow say what is wrong
  return hosted<HostOf<K>>(
    (method, args) => line.send({ method, args }),
    () => line.close(),
  );
}

class Line {
  private readonly waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  private failure: Error | null = null;

  constructor(private readonly port: Port) {
    port.onMessage((message) => this.settle(message as Reply));
    port.onFailure((reason) => this.fail(new DeviceLostError(`a CPU worker stopped: ${reason}`, 'thread')));
  }

  send(request: Request): Promise<unknown> {
    if (this.failure) return Promise.reject(this.failure);
    this.port.post(request, []);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  close(): void {
    this.fail(new Error('the CPU engine was destroyed'));
    this.port.close();
  }

  private settle(reply: Reply): void {
    const call = this.waiting.shift();
    if ('error' in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.value);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
