/**
 * Closeness of arrays, entry by entry; a failure names the worst entry. Throws plain errors, so it serves in a
 * browser too.
 */

/** Unit roundoffs. */
export const EPSILON = { float64: 2 ** -53, float32: 2 ** -24 } as const;

/** docs/model.md, Errors of a method: max |Δθ| over rms θ after 40 steps. */
export const TRAJECTORY = { float64: 1e-9, float32: 1.5e-5 } as const;

/** Of rows with output weights, in their order. */
export const OBSERVABLE_NAMES = ['mean w1', 'mean w1²', 'mean |w0|²', 'mean w1² − |w0|²'];

export type Tolerance = number | ((i: number) => number);

export function expectClose(
  what: string,
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  tolerance: Tolerance,
): void {
  if (got.length !== want.length) throw new Error(`${what}: ${got.length} entries, not ${want.length}`);
  const allowed = (i: number): number => (typeof tolerance === 'number' ? tolerance : tolerance(i));
  let worst = -1;
  let excess = 1;
  for (let i = 0; i < want.length; i++) {
    const error = Math.abs(got[i] - want[i]);
    const ratio = error === 0 ? 0 : error / allowed(i);
    if (ratio <= excess) continue; // false for NaN
    worst = i;
    excess = Number.isNaN(ratio) ? Infinity : ratio;
  }
  if (worst < 0) return;
  const error = Math.abs(got[worst] - want[worst]);
  throw new Error(
    `${what}: entry ${worst} of ${want.length} is ${got[worst]}, not ${want[worst]}: ` +
      `|Δ| = ${error.toExponential(2)}, allowed ${allowed(worst).toExponential(2)}`,
  );
}

export function expectSameBits(what: string, got: ArrayLike<number>, want: ArrayLike<number>): void {
  if (got.length !== want.length) throw new Error(`${what}: ${got.length} entries, not ${want.length}`);
  for (let i = 0; i < want.length; i++) {
    if (!Object.is(got[i], want[i]))
      throw new Error(`${what}: entry ${i} is ${got[i]}, not ${want[i]}, bit for bit`);
  }
}

export function expectEqual(what: string, got: unknown, want: unknown): void {
  const [g, w] = [JSON.stringify(got), JSON.stringify(want)];
  if (g !== w) throw new Error(`${what}: ${g}, not ${w}`);
}

/** The error that `work` ends with; its name must be `name`. */
export async function expectRejection(what: string, work: Promise<unknown>, name: string): Promise<Error> {
  const error = await work.then(
    () => null,
    (reason: Error) => reason,
  );
  if (!error) throw new Error(`${what}: nothing was thrown, a ${name} was due`);
  if (error.name !== name) throw new Error(`${what}: a ${name} was due, not ${error.name}: ${error.message}`);
  return error;
}
