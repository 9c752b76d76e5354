/** Polynomials in vector code, their coefficients among a form's constants. */

type Named = Readonly<Record<string, number>>;

/** Coefficients as constants: name0, name1, … */
export const named = (name: string, coefficients: readonly number[]): Named =>
  Object.fromEntries(coefficients.map((value, k) => [`${name}${k}`, value]));

/** c_0 + x (c_1 + x (c_2 + …)). */
const chain = (vector: string, x: string, names: readonly string[]): string =>
  names.reduceRight((rest, c) => `${vector}.add(${c}, ${vector}.mul(${x}, ${rest}))`);

/** The polynomial of what `named` made. */
export const horner = (vector: 'f64x2' | 'f32x4', x: string, coefficients: Named): string =>
  chain(vector, x, Object.keys(coefficients));

/** The same with even and odd powers summed apart, given x², since two short chains run side by side. */
export const halves = (vector: 'f64x2' | 'f32x4', x: string, square: string, coefficients: Named): string => {
  const [even, odd] = [0, 1].map((parity) =>
    chain(
      vector,
      square,
      Object.keys(coefficients).filter((_, k) => k % 2 === parity),
    ),
  );
  return `${vector}.add(${even}, ${vector}.mul(${x}, ${odd}))`;
};
