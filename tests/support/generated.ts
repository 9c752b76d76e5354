/** How many cases a test makes up: the same few each time, or as many others as MCKEAN_CASES says. */
export function generated(few: number): { readonly numRuns: number; readonly seed?: number } {
  const { MCKEAN_CASES } = process.env;
  return MCKEAN_CASES === undefined ? { numRuns: few, seed: 16 } : { numRuns: Number(MCKEAN_CASES) };
}
