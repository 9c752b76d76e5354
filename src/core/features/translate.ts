/**
 * The feature map Φ = ψ(x − w0) on the circle [0, 1), ψ(u) = 1 + 2 Σ_{k ≤ K} cos 2πku a Dirichlet kernel: positions
 * have a metric of their own, so that w0 moves g times as fast.
 */
import type { Activation } from '../activations/activations.ts';
import { literal, SINE } from '../activations/wgsl.ts';
import type { FeatureMap } from './features.ts';

export interface Translate {
  /** K. */
  readonly order: number;
  /** g. */
  readonly metric: number;
}

const DOUBLE = 2 * Math.PI;
const pair = new Float64Array(2);

/** ψ. */
export const dirichlet = (order: number): Activation => {
  const both: Activation['both'] = (out, z) => {
    const u = DOUBLE * (z - Math.round(z));
    const [cos, sin] = [Math.cos(u), Math.sin(u)];
    let [c, s, sum, slope] = [1, 0, 0, 0];
    for (let k = 1; k <= order; k++) {
      [c, s] = [c * cos - s * sin, s * cos + c * sin];
      sum += c;
      slope += k * s;
    }
    out[0] = 1 + 2 * sum;
    out[1] = -2 * DOUBLE * slope;
  };
  return {
    summary: 'ψ(u) = 1 + 2 Σ cos 2πku',
    phi: (z) => {
      both(pair, z);
      return pair[0];
    },
    both,
    smooth: true,
    wgsl: {
      helpers: `${SINE}
fn dirichlet(z: f32) -> vec2f {
  let turns = half_turns(${DOUBLE} * (z - round(z)));
  let first = vec2f(cosine(turns), sine(turns));
  var now = vec2f(1.0, 0.0);
  var sum = 0.0;
  var slope = 0.0;
  for (var k = 1u; k <= ${order}u; k++) {
    now = vec2f(now.x * first.x - now.y * first.y, now.y * first.x + now.x * first.y);
    sum += now.x;
    slope += f32(k) * now.y;
  }
  return vec2f(1.0 + 2.0 * sum, ${-2 * DOUBLE} * slope);
}`,
      phi: 'return dirichlet(z).x;',
      both: 'return dirichlet(z);',
    },
  };
};

export function translate({ order, metric }: Translate): FeatureMap {
  const profile = dirichlet(order);
  return {
    summary: 'Φ = 1 + 2 Σ cos 2πk(x − w0): spikes on a circle',
    profile: () => profile,
    separation: (theta, w0, x, column) => x[column] - theta[w0],
    addSlopes: (b, at, factor) => {
      b[at] -= factor;
    },
    raise: (b, at) => {
      b[at] *= metric;
    },
    settle: (theta, row, { w0 }) => {
      theta[row + w0] = turned(theta[row + w0]);
    },
    place: 'in [0, 1)',
    wgsl: {
      meet: (w, x) => `(${x} - ${w})`,
      meetAll: (w, x) => `dot(${x} - ${w}, vec4f(1.0))`,
      along: (w) => `(0.0 * ${w} - ${literal(metric)})`,
      settle: ({ w0 }) => {
        const w = `theta[at + ${w0 >> 2}u].${'xyzw'[w0 & 3]}`;
        return `let turned = ${w} - floor(${w});
  ${w} = select(turned, 0.0, turned >= 1.0);`;
      },
    },
  };
}

/** w mod 1; what rounds to 1 is 0. */
function turned(w: number): number {
  const rest = w - Math.floor(w);
  return rest < 1 ? rest : 0;
}
