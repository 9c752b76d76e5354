/**
 * Coefficients of the activations in f32, from low powers to high: minimax fits, rounded to f32, which WGSL and the
 * vector code share.
 */

/** tanh(z/2) = z P(z²)/Q(z²) for |z| ≤ limit, fit 8e-9; beyond, tanh z is ±1 in f32. */
export const TANH = {
  limit: 9.5,
  p: [0.5, 0.014874412, 5.6859823e-5],
  q: [1, 0.1130821, 0.0012039416, 1.2178934e-6],
};

/** tan(asin(erf(z/√2))/2) likewise, fit 3.4e-8. */
export const ERF = {
  limit: 5.7,
  p: [0.3989423, 0.052571278, 0.0028532369, 0.000112284775],
  q: [1, 0.13928898, 0.01211362, 0.0007560787, 6.1825735e-6],
};

/** e^r = 1 + r + r² (…) for |r| ≤ ln 2/2; ln 2 in two parts, of which whole numbers to 126 times the first are exact. */
export const EXP = {
  least: -87,
  perLn2: 1.442695,
  ln2: [0.693359375, -0.00021219444],
  rest: [0.49999994, 0.16666518, 0.041668423, 0.008369064, 0.0013813879],
};

/** ln(1 + e) = 2s + s s² (…), s = e/(2 + e) for 0 ≤ e ≤ 1. */
export const LOG = [0.6666641, 0.400217, 0.2799914, 0.28024462];

/** P(Z > x)/e^(−x²/2) = P(x)/Q(x) for a standard normal Z and 0 ≤ x ≤ 13.2, fit 5e-9; all terms are positive. */
export const MILLS = {
  p: [0.5, 0.43545455, 0.18113607, 0.039926887, 0.0040117474],
  q: [1, 1.668794, 1.193773, 0.46392986, 0.100089334, 0.010055814],
};

/**
 * sin r = r + r r² (…), cos r = 1 + r² (…) for |r| ≤ reach, which is π/2 plus the rounding of z/π. π in three parts,
 * the first two of 12 bits, so that their products with the k of z = kπ + r are exact for |z| ≤ 1e4.
 */
export const SINE = {
  reach: 1.5725,
  perPi: 0.31830987,
  pi: [3.1416015625, -8.907169103622437e-6, -1.7411033e-9],
  sine: [-0.1666666, 0.008333065, -0.00019809464, 2.605456e-6],
  cosine: [-0.5, 0.04166664, -0.00138884, 2.4761717e-5, -2.6073974e-7],
};
