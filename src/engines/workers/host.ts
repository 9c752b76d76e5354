/**
 * What a worker of the CPU engine does: it hosts shards, replicas, a density, a kernel or draws, made from a setup and
 * then called by the names of their methods.
 */
import { Serial } from '../../core/serial.ts';
import { HostedDensity } from '../cpu/density.ts';
import { HostedDraws } from '../cpu/draws.ts';
import { HostedKernel } from '../cpu/kernel.ts';
import { HostedReplicas } from '../cpu/hosted-replicas.ts';
import { HostedShards } from '../cpu/shards.ts';
import { invoke } from './calls.ts';
import type { Opening, Port, Reply, Request } from './remote.ts';

class Nothing {
  constructor(readonly setup: null) {}
}

/**
 * What a worker can host. The engine's side (`remote`) takes the types of setups and methods from here, and no
 * more than the types.
 */
const HOSTED = {
  shards: HostedShards,
  replicas: HostedReplicas,
  density: HostedDensity,
  kernel: HostedKernel,
  draws: HostedDraws,
  nothing: Nothing,
} as const satisfies Record<string, new (setup: never) => object>;

export type Kind = keyof typeof HOSTED;
type Setups = { [K in Kind]: ConstructorParameters<(typeof HOSTED)[K]>[0] };
export type SetupOf<K extends Kind> = Setups[K];
export type HostOf<K extends Kind> = InstanceType<(typeof HOSTED)[K]>;

const CLASSES: { readonly [K in Kind]: new (setup: SetupOf<K>) => HostOf<K> } = HOSTED;
const make = <K extends Kind>({ kind, setup }: Opening<K>): HostOf<K> => new CLASSES[kind](setup);

/** Answers an engine's requests; call once at the top of a worker's entry file. */
export function serve(port: Pick<Port, 'post' | 'onMessage'>): void {
  let host: object = new Nothing(null);
  const queue = new Serial();
  const answer = async (request: Request): Promise<void> => {
    try {
      if ('kind' in request) host = make(request);
      const value = 'method' in request ? await invoke(host, request.method, request.args) : undefined;
      port.post({ value } satisfies Reply, buffersOf(value));
    } catch (error) {
      port.post({ error: String(error) } satisfies Reply, []);
    }
  };
  port.onMessage((message) => void queue.run(() => answer(message as Request)));
}

/** The arrays of an answer, which go to the engine without a copy. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const list = ArrayBuffer.isView(value) ? [value] : Object.values(value ?? {}).flat();
  return list.filter((item) => ArrayBuffer.isView(item)).map((array) => array.buffer as ArrayBuffer);
}
