/** Hermite's polynomial h_k at z, normalised: E h_j(Z) h_k(Z) = δ_jk for a standard normal Z. */
export function hermite(k: number, z: number): number {
  let before = 0;
  let value = 1;
  for (let j = 0; j < k; j++) {
    const next = (z * value - Math.sqrt(j) * before) / Math.sqrt(j + 1);
    before = value;
    value = next;
  }
  return value;
}
