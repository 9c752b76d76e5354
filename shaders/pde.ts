/**
 * The mean-field PDE on a grid (core/analysis/pde.ts, of which this is the float32 form), one stage of Heun's method
 * in four passes without barriers or atomics: sums over w1 for each column, f and r for each sample, the field for
 * each column, then each cell's change from its four fluxes. A flux is computed by both of its cells, from the
 * same numbers in the same order, so what leaves one enters the other.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { LOSSES } from '../src/core/objective/losses.ts';
import { Range, declare, input, output, struct, uniform } from '../src/gpu/layout.ts';
import { WORKGROUP, activation, eachOnce } from './particle.ts';
import type { ActivationChoice } from '../src/core/activations/parametric.ts';
import type { LossName } from '../src/core/objective/losses.ts';
import type { Shader } from '../src/gpu/layout.ts';

export const PdeGrid = struct('PdeGrid', {
  /** Lower ends and widths of the cells: w1, w0. */
  low: 'vec2f',
  width: 'vec2f',
  rows: 'u32',
  columns: 'u32',
  m: 'u32',
  dt: 'f32',
});

const common = { range: uniform(Range, true), grid: uniform(PdeGrid) };

const head = (bindings: Parameters<typeof declare>[0], more = ''): string => `${declare(bindings)}
${more}
fn w1_at(i: u32) -> f32 { return grid.low.x + (f32(i) + 0.5) * grid.width.x; }
fn w0_at(k: f32) -> f32 { return grid.low.y + k * grid.width.y; }

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let thread = range.first + id.x;
  if (thread >= range.end) { return; }`;

/** weight[k] = Σ_i w1_i mass[i, k], in blocks, whose sums are added. */
export function columnWeights(): Shader {
  const bindings = { ...common, mass: input('f32'), weight: output('f32') };
  const code = wgsl`${head(bindings)}
  var total = 0.0;
  for (var base = 0u; base < grid.rows; base += 32u) {
    var part = 0.0;
    for (var i = base; i < min(base + 32u, grid.rows); i++) { part += w1_at(i) * mass[i * grid.columns + thread]; }
    total += part;
  }
  weight[thread] = total;
}`;
  return { name: 'pde weights', bindings, code };
}

/** f^β = Σ_k weight_k φ(w0_k x^β) and r. */
export function densityOutputs({
  activation: name,
  loss,
}: {
  readonly activation: ActivationChoice;
  readonly loss: LossName;
}): Shader {
  const bindings = {
    ...common,
    weight: input('f32'),
    x: input('f32'),
    y: input('f32'),
    f: output('f32'),
    r: output('f32'),
  };
  const code = wgsl`${head(
    bindings,
    `${eachOnce(activation({ activation: name }), LOSSES[loss].wgsl.helpers)}
fn loss_slope(at: u32, k: u32) -> f32 { ${LOSSES[loss].wgsl.slope(1)} }`,
  )}
  var total = 0.0;
  for (var base = 0u; base < grid.columns; base += 32u) {
    var part = 0.0;
    for (var k = base; k < min(base + 32u, grid.columns); k++) { part += weight[k] * phi(w0_at(f32(k) + 0.5) * x[thread]); }
    total += part;
  }
  f[thread] = total;
  r[thread] = loss_slope(thread, 0u);
}`;
  return { name: `pde outputs ${name} ${loss}`, bindings, code };
}

/** field[k] = (A at midpoint k, A' at edge k): nothing crosses edge 0. */
export function densityField({ activation: name }: { readonly activation: ActivationChoice }): Shader {
  const bindings = { ...common, x: input('f32'), r: input('f32'), field: output('vec2f') };
  const code = wgsl`${head(bindings, activation({ activation: name }))}
  var sum = vec2f();
  for (var a = 0u; a < grid.m; a++) {
    sum += r[a] * vec2f(phi(w0_at(f32(thread) + 0.5) * x[a]), x[a] * phi_dphi(w0_at(f32(thread)) * x[a]).y);
  }
  field[thread] = sum / -f32(grid.m) * vec2f(1.0, select(1.0, 0.0, thread == 0u));
}`;
  return { name: `pde field ${name}`, bindings, code };
}

/**
 * A stage: trial = mass + dt·change(mass), or, when it ends the step, mass = (mass + trial +
 * dt·change(trial))/2.
 */
export function transport({ last }: { readonly last: boolean }): Shader {
  const from = last ? 'trial' : 'mass';
  const bindings = {
    ...common,
    field: input('vec2f'),
    mass: last ? output('f32') : input('f32'),
    trial: last ? input('f32') : output('f32'),
  };
  const code = wgsl`${head(
    bindings,
    `
fn limited(p: f32, q: f32) -> f32 { return select(0.0, 2.0 * p * q / (p + q), p * q > 0.0); }

/** Flux from cell c to c + stride; the outer neighbours count where they exist. */
fn flux(velocity: f32, c: u32, stride: u32, before: bool, after: bool) -> f32 {
  let left = ${from}[c];
  let right = ${from}[c + stride];
  if (velocity > 0.0) {
    if (!before) { return velocity * left; }
    return velocity * (left + 0.5 * limited(left - ${from}[c - stride], right - left));
  }
  if (!after) { return velocity * right; }
  return velocity * (right - 0.5 * limited(right - left, ${from}[c + 2u * stride] - right));
}

/** Through the upper side of row i, and through the right side of column k. */
fn up(i: u32, k: u32) -> f32 {
  if (i + 1u >= grid.rows) { return 0.0; }
  return flux(field[k].x / grid.width.x, i * grid.columns + k, grid.columns, i > 0u, i + 2u < grid.rows);
}
fn across(i: u32, k: u32) -> f32 {
  if (k + 1u >= grid.columns) { return 0.0; }
  return flux(w1_at(i) * field[k + 1u].y / grid.width.y, i * grid.columns + k, 1u, k > 0u, k + 2u < grid.columns);
}`,
  )}
  let i = thread / grid.columns;
  let k = thread % grid.columns;
  var change = -up(i, k) - across(i, k);
  if (i > 0u) { change += up(i - 1u, k); }
  if (k > 0u) { change += across(i, k - 1u); }
#if ${last}
  mass[thread] = 0.5 * (mass[thread] + (trial[thread] + grid.dt * change));
#else
  trial[thread] = mass[thread] + grid.dt * change;
#endif
}`;
  return { name: `pde transport ${last ? 'last' : 'first'}`, bindings, code };
}
