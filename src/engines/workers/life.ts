/**
 * A web worker that ends says nothing. So each holds a lock of the browser for as long as it lives, which is free the
 * moment it has ended, however that came. Without locks (plain http, a frame without an origin) watch.ts must do.
 */

/** What a worker says unasked, once: the name of its lock, which it holds. */
export interface Alive {
  readonly alive: string;
}

export const isAlive = (message: unknown): message is Alive =>
  typeof message === 'object' && message !== null && 'alive' in message;

/** Of the worker: takes a lock of its own and says so, where there are locks. */
export function holdLife(say: (message: Alive) => void): void {
  const alive = `mckean worker ${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  const held = (): Promise<never> => {
    say({ alive });
    return new Promise(() => undefined);
  };
  navigator.locks?.request(alive, held).catch(() => undefined);
}

/** Of whoever has heard that: calls `ended` when the worker has ended. */
export function watchLife({ alive }: Alive, ended: () => void): void {
  navigator.locks.request(alive, ended).catch(() => undefined);
}
