/** Activations of a comparison and a product or less: the same text in both precisions. */
import type { Form } from '../form.ts';
import { PRECISIONS, type Lanes, type Precision } from '../lanes.ts';

const inBoth = (of: (lanes: Lanes) => Form): Record<Precision, Form> => ({
  f64: of(PRECISIONS.f64),
  f32: of(PRECISIONS.f32),
});

export const LINEAR = inBoth(() => ({
  particles: 4,
  constants: { ONE: 1 },
  helpers: '',
  phi: (z, phi) => `${phi} = ${z};`,
  both: (z, phi, slope) => `${phi} = ${z}; ${slope} = ONE;`,
}));

/** NaN stays NaN: it is not below 0. */
export const RELU = inBoth(({ vector: v }) => ({
  particles: 4,
  constants: { ZERO: 0, ONE: 1 },
  helpers: '',
  phi: (z, phi) => `${phi} = v128.andnot(${z}, ${v}.le(${z}, ZERO));`,
  both: (z, phi, slope) => `
    ${phi} = v128.andnot(${z}, ${v}.le(${z}, ZERO));
    ${slope} = v128.and(ONE, ${v}.gt(${z}, ZERO));`,
}));

export const QUADRATIC = inBoth(({ vector: v }) => ({
  particles: 4,
  constants: {},
  helpers: '',
  phi: (z, phi) => `${phi} = ${v}.mul(${z}, ${z});`,
  both: (z, phi, slope) => `
    ${phi} = ${v}.mul(${z}, ${z});
    ${slope} = ${v}.add(${z}, ${z});`,
}));
