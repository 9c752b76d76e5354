/** globalThis.mckean: the page for scripts, as the contract names it. */
import type { Config } from '../../core/config/config.ts';
import type { Metrics } from '../run/metrics.ts';
import type { State } from '../run/announcer.ts';
import { portableOf } from '../run/portable.ts';
import type { Session } from '../run/session.ts';

export interface PageApi {
  /** Settles when the first cloud stands; of another link in this tab, when its run does. */
  readonly ready: Promise<void>;
  readonly state: State;
  config(): Config;
  metrics(): Metrics;
  configure(partial: unknown): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  step(k?: number): Promise<void>;
  reset(): Promise<void>;
  /** A copy of θ [n·(c + d)], w1 first. */
  theta(): Promise<Float32Array>;
}

declare global {
  var mckean: PageApi;
}

export function publishApi(session: Session, ready: () => Promise<void>): void {
  globalThis.mckean = {
    get ready() {
      return ready();
    },
    get state() {
      return session.state;
    },
    config: () => structuredClone(portableOf(session)), // a script may change what it is given
    metrics: () => session.metrics(true),
    configure: (partial) => session.configure(partial),
    play: () => session.play(),
    pause: () => session.pause(),
    step: (k) => session.step(k),
    reset: () => session.reset(),
    theta: async () => Float32Array.from(await session.theta()),
  };
}
