/**
 * What a worker of the CPU engine does: it hosts shards, replicas, a density or a kernel, made from a setup and
 * then called by the names of their methods.
 */
import { HostedDensity } from '../cpu/density.ts';
import { HostedKernel } from '../cpu/kernel.ts';
import { LocalReplicas } from '../cpu/local-replicas.ts';
import { LocalShards } from '../cpu/shards.ts';
import type { Kind, Port, Reply, Request } from './remote.ts';

const HOSTED = {
  shards: LocalShards,
  replicas: LocalReplicas,
  density: HostedDensity,
  kernel: HostedKernel,
  nothing: Object,
} satisfies Record<Kind, unknown>;
type Host = Record<string, (...args: readonly unknown[]) => unknown>;

/** Answers an engine's requests; call once at the top of a worker's entry file. */
export function serve(port: Pick<Port, 'post' | 'onMessage'>): void {
  let host: Host | undefined;
  let last: Promise<void> = Promise.resolve();
  const answer = async (request: Request): Promise<void> => {
    try {
      if ('kind' in request) host = new HOSTED[request.kind](request.setup as never) as unknown as Host;
      const value = 'method' in request ? await host![request.method](...request.args) : undefined;
      port.post({ value } satisfies Reply, buffersOf(value));
    } catch (error) {
      port.post({ error: String(error) } satisfies Reply, []);
    }
  };
  port.onMessage((message) => {
    last = last.then(() => answer(message as Request));
  });
}

/** The arrays of an answer, which go to the engine without a copy. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const list = Array.isArray(value) ? value : Object.values(value ?? {}).flat();
  return list.filter((item) => ArrayBuffer.isView(item)).map((array) => array.buffer as ArrayBuffer);
}
