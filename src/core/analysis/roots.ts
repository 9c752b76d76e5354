/** Numbers of one variable: where a function is 0, and where it is least. */

const HALVINGS = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Where f, of different sign at low and high, changes it: by halving. Throws RangeError where the signs are equal. */
export function rootOf(f: (x: number) => number, low: number, high: number, halvings = HALVINGS): number {
  const sign = Math.sign(f(low));
  if (sign === Math.sign(f(high))) throw new RangeError(`f has one sign at ${low} and ${high}`);
  let [left, right] = [low, high];
  for (let k = 0; k < halvings; k++) {
    const middle = (left + right) / 2;
    if (Math.sign(f(middle)) === sign) left = middle;
    else right = middle;
  }
  return (left + right) / 2;
}

/** Where f is least on [low, high]: the best of so many points, then the golden section about it. */
export function minimumOf(f: (x: number) => number, low: number, high: number, points = 64): number {
  const at = (k: number): number => low + ((high - low) * k) / points;
  const values = Array.from({ length: points + 1 }, (_, k) => f(at(k)));
  const best = values.indexOf(values.reduce((p, q) => Math.min(p, q)));
  let [left, right] = [at(Math.max(0, best - 1)), at(Math.min(points, best + 1))];
  for (let k = 0; k < HALVINGS; k++) {
    const [p, q] = [right - GOLDEN * (right - left), left + GOLDEN * (right - left)];
    if (f(p) < f(q)) right = q;
    else left = p;
  }
  return (left + right) / 2;
}
