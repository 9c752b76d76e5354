/** √Σ v² of as many numbers as there are: Math.hypot takes arguments, of which an engine has room for some 10⁵. */
export function lengthOf(v: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) most = Math.max(most, Math.abs(v[i]));
  if (most === 0 || !Number.isFinite(most)) return most;
  let sum = 0;
  let lost = 0; // what the last addition rounded away, as in V8's hypot
  for (let i = 0; i < v.length; i++) {
    const part = v[i] / most;
    const term = part * part - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return Math.sqrt(sum) * most;
}
