/**
 * Infinities and NaNs, found by their bits: comparisons such as z != z may be compiled away, and activations
 * hide them (max(NaN, 0) is 0).
 */
export const notFinite = `fn not_finite(v: vec4f) -> bool {
  const exponent = vec4u(0x7f800000u);
  return any((bitcast<vec4u>(v) & exponent) == exponent);
}`;
