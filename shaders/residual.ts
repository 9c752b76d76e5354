/** From the last rows of partial sums to f, and on the training data to the residual r = loss slope (f, y). */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { LOSSES, type Loss, type LossName } from '../src/core/objective/losses.ts';
import { Range, declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Output } from './bindings.ts';
import { sumRows } from './fold.ts';
import { WORKGROUP, outputsText } from './particle.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';

export interface ResidualOptions {
  /** The loss whose slope drives the particles; null where only f is asked for. */
  readonly loss: LossName | null;
  /** Outputs, default 1. */
  readonly c?: number;
}

/** Rows that are still apart when f is formed. */
export const LAST_ROWS = 64;

const outputs = { range: uniform(Range, true), out: uniform(Output), rows: input('f32'), f: output('f32') };
const training = { ...outputs, y: input('f32'), r: output('f32') };

/** WGSL function loss_slope, of arrays f and y. */
export function slopeOf(loss: LossName, c: number): string {
  const { helpers, slope }: Loss['wgsl'] = LOSSES[loss].wgsl;
  return `${helpers}
fn loss_slope(at: u32, k: u32) -> f32 { ${slope(c)} }`;
}

/**
 * WGSL of f, and with a loss r, of `point`, from rows that `sum_rows` adds up (fold.ts): all c outputs, since the slope by
 * one may depend on the others.
 */
export function outputsAt({ loss, c = 1 }: ResidualOptions): string {
  const value = (k: string, at: string): string =>
    `f[${at}${k}] = out.outer * sum_rows(0u, out.count, out.points, ${at}${k});`;
  if (c === 1) return `${value('', 'point')}${loss === null ? '' : ' r[point] = loss_slope(point, 0u);'}`;
  return `let at = point * ${c}u;
  for (var k = 0u; k < ${c}u; k++) { ${value(' + k', 'at')} }
  ${loss === null ? '' : `for (var k = 0u; k < ${c}u; k++) { r[at + k] = loss_slope(at, k); }`}`;
}

export function residual({ loss, c = 1 }: ResidualOptions): Shader {
  const bindings: Bindings = loss === null ? outputs : training;
  const code = wgsl`
${declare(bindings)}
${loss === null ? '' : slopeOf(loss, c)}
${sumRows()}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let point = range.first + id.x;
  if (point >= range.end) { return; }
  ${outputsAt({ loss, c })}
}`;
  return { name: `residual ${loss ?? 'none'}${outputsText({ c })}`, bindings, code };
}
