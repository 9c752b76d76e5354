/** Polynomials in vector code, their coefficients among a form's constants. */

type Named = Readonly<Record<string, number>>;

/** Coefficients as constants: name0, name1, … */
export const named = (name: string, coefficients: readonly number[]): Named =>
  Object.fromEntries(coefficients.map((value, k) => [`${name}${k}`, value]));

/** c_0 + x (c_1 + x (c_2 + …)), given what `named` made. */
export const horner = (vector: 'f64x2' | 'f32x4', x: string, coefficients: Named): string =>
  Object.keys(coefficients).reduceRight((rest, c) => `${vector}.add(${c}, ${vector}.mul(${x}, ${rest}))`);
