/**
 * Objects that another thread hosts, or this one, behind one asynchronous interface that is derived from their
 * class: a method is written once, where it is done.
 */

type Method = (...args: never[]) => unknown;
export type MethodName<T> = { [K in keyof T]: T[K] extends Method ? K : never }[keyof T] & string;

/** An object of class T wherever it is: each of its methods, answered later. */
export type Hosted<T> = {
  readonly [K in MethodName<T>]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
} & {
  /** Frees it and what hosts it. */
  destroy(): void;
};

/** Every method of a T as a call of its name. */
export function hosted<T>(
  call: (method: string, args: readonly unknown[]) => Promise<unknown>,
  destroy: () => void,
): Hosted<T> {
  // `await` looks for `then` in whatever it is given: this is not a promise.
  const methods = new Map<string | symbol, unknown>(Object.entries({ destroy, then: undefined }));
  return new Proxy({} as Hosted<T>, {
    get(_, name): unknown {
      if (typeof name === 'string' && !methods.has(name))
        methods.set(name, (...args: readonly unknown[]) => call(name, args));
      return methods.get(name);
    },
  });
}

/** Does what is called; that the host has such a method is held by the types of `Hosted`. */
export const invoke = (host: object, method: string, args: readonly unknown[]): unknown =>
  (host as Record<string, (...args: readonly unknown[]) => unknown>)[method](...args);

/** Milliseconds of work between two turns of the event loop. */
const TURN = 15;
/**
 * When this thread last let others have a turn: one for all engines in it, or each of many replicas would wait
 * for a timer at every step.
 */
let lastTurn = performance.now();
/** Nobody waits for turns in a worker. */
let isAlone = false;

/** A clock that was put back tells nothing: then, too, it is time. */
export const turnIsDue = (): boolean => !isAlone && Math.abs(performance.now() - lastTurn) > TURN;

/** Lets others in this thread have a turn of the event loop. */
export async function giveTurn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  lastTurn = performance.now();
}

/** A worker has nothing to do but what it is asked: from now on no turn is due in this thread. */
export const keepTurns = (): void => void (isAlone = true);

/** An object of this thread; before the methods in `long` the event loop gets a turn now and then. */
export function local<T extends object>(host: T, long: readonly MethodName<T>[] = []): Hosted<T> {
  const waits = new Set<string>(long);
  return hosted<T>(
    async (method, args) => {
      if (waits.has(method) && turnIsDue()) await giveTurn();
      return invoke(host, method, args);
    },
    () => undefined,
  );
}
