/** How engines of the CPU begin, and that they do one thing at a time. */

/** An engine once it stands at step 0; one that cannot is destroyed. */
export async function opened<E extends { open(): Promise<void>; destroy(): void }>(engine: E): Promise<E> {
  try {
    await engine.open();
    return engine;
  } catch (error) {
    engine.destroy();
    throw error;
  }
}

/** Runs what it is given, and refuses more while that is under way. */
export class Exclusive {
  private busy = false;

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy) throw new Error('advance is already running: await it before the next call');
    this.busy = true;
    try {
      return await work();
    } finally {
      this.busy = false;
    }
  }
}
