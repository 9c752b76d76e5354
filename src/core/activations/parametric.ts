/** Activations with parameters, which a configuration gives as plain data. */
import { ACTIVATIONS, type Activation, type ActivationName } from './activations.ts';
import { literal } from './wgsl.ts';

/** Points (z, φ) of increasing z: linear between them, constant beyond. */
export interface Knots {
  readonly knots: readonly (readonly [z: number, phi: number])[];
}
/** As many as there may be. */
export const MOST_KNOTS = 256;
/** The degree k of He_k/√k!. */
export interface Hermite {
  readonly hermite: number;
}
export type ActivationChoice = ActivationName | Knots | Hermite;

export function formOf(choice: ActivationChoice): Activation {
  if (typeof choice === 'string') return ACTIVATIONS[choice];
  return 'knots' in choice ? piecewise(choice.knots) : hermite(choice.hermite);
}

/** Whether a value found in a file names an activation. */
export const isActivation = (value: unknown): value is ActivationChoice =>
  typeof value === 'string'
    ? Object.hasOwn(ACTIVATIONS, value)
    : typeof value === 'object' && value !== null && ('knots' in value || 'hermite' in value);

/** Of φ from each knot to the next one; beyond the last it is 0. */
export const slopesAfter = (knots: Knots['knots']): number[] =>
  knots.map(([z, phi], i) => {
    const next = knots[i + 1];
    return next ? (next[1] - phi) / (next[0] - z) : 0;
  });

/** What is left of a knot goes by the piece before it, its slope too. */
function piecewise(knots: Knots['knots']): Activation {
  const slopes = slopesAfter(knots);
  const both: Activation['both'] = (out, z) => {
    let i = -1;
    while (i + 1 < knots.length && z > knots[i + 1][0]) i++;
    const [at, phi] = knots[Math.max(0, i)];
    const slope = i < 0 ? 0 : slopes[i];
    out[0] = Number.isNaN(z) ? NaN : slope === 0 ? phi : phi + slope * (z - at);
    out[1] = slope;
  };
  const piece = (i: number): string => {
    const [at, phi] = knots[i].map((value) => literal(value));
    return `  piece = select(piece, vec3f(${at}, ${phi}, ${literal(slopes[i])}), z > ${at});`;
  };
  return {
    summary: 'φ linear between knots and constant beyond',
    phi: (z) => {
      both(PAIR, z);
      return PAIR[0];
    },
    both,
    smooth: false,
    wgsl: {
      helpers: `fn piece_of(z: f32) -> vec2f {
  var piece = vec3f(${literal(knots[0][0])}, ${literal(knots[0][1])}, 0.0);
${knots.map((_, i) => piece(i)).join('\n')}
  return vec2f(piece.y + piece.z * (z - piece.x), piece.z);
}`,
      phi: 'return piece_of(z).x;',
      both: 'return piece_of(z);',
    },
  };
}

const PAIR = new Float64Array(2);

/** h_{j+1} = (z h_j − √j h_{j−1})/√(j+1), h_k' = √k h_{k−1}. */
function hermite(degree: number): Activation {
  const both: Activation['both'] = (out, z) => {
    let [before, now] = [0, 1];
    for (let j = 0; j < degree; j++)
      [before, now] = [now, (z * now - Math.sqrt(j) * before) / Math.sqrt(j + 1)];
    out[0] = now;
    out[1] = Math.sqrt(degree) * before;
  };
  const step = (j: number): string =>
    `  next = (z * h.x - ${literal(Math.sqrt(j))} * h.y) * ${literal(1 / Math.sqrt(j + 1))}; h = vec2f(next, h.x);`;
  return {
    summary: 'φ = He_k/√k!, the normalised Hermite polynomial',
    phi: (z) => {
      both(PAIR, z);
      return PAIR[0];
    },
    both,
    smooth: true,
    wgsl: {
      helpers: `fn hermite(z: f32) -> vec2f {
  var h = vec2f(1.0, 0.0);
  var next = 0.0;
${Array.from({ length: degree }, (_, j) => step(j)).join('\n')}
  return vec2f(h.x, ${literal(Math.sqrt(degree))} * h.y);
}`,
      phi: 'return hermite(z).x;',
      both: 'return hermite(z);',
    },
  };
}
