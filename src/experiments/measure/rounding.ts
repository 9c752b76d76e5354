/** Unit roundoffs, by an engine's precision. */
export const EPSILON = { float64: 2 ** -53, float32: 2 ** -24 } as const;
