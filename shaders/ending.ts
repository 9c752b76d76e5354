/**
 * The end of a step by one workgroup, where there is little to add up: the last level of the tree of fold.ts, f and r of
 * residual.ts and the loss of loss.ts, each in the order of those passes. A launch in place of three.
 */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { declare, input, output, uniform } from '../src/gpu/layout.ts';
import { Fold, LossParts, Output, Status } from './bindings.ts';
import { notFinite } from './finite.ts';
import { FAN, foldedAt, sumRows } from './fold.ts';
import { lossOfStep, valueOf } from './loss.ts';
import { WORKGROUP, eachOnce, outputsText } from './particle.ts';
import { outputsAt, slopeOf } from './residual.ts';
import type { LossName } from '../src/core/objective/losses.ts';
import type { Bindings, Shader } from '../src/gpu/layout.ts';

export interface EndingOptions {
  readonly loss: LossName;
  /** Outputs, default 1. */
  readonly c?: number;
  /** A level of the tree is left, of which the sums go to `sums`. */
  readonly folds: boolean;
}

/** Threads, as many as every adapter has. */
export const LANES = 256;

export function ending({ loss, c = 1, folds }: EndingOptions): Shader {
  const bindings: Bindings = {
    ...(folds ? { fold: uniform(Fold), sums: output('f32') } : {}),
    out: uniform(Output),
    sizes: uniform(LossParts),
    rows: input('f32'),
    y: input('f32'),
    f: output('f32'),
    r: output('f32'),
    status: output(Status),
    ring: output('f32'),
  };
  const code = wgsl`
${declare(bindings)}
${notFinite}
${eachOnce(slopeOf(loss, c), valueOf({ loss, c }))}
${folds ? `${sumRows('rows', 'fold')}\n${sumRows('sums')}` : sumRows()}

var<workgroup> lanes: array<f32, ${WORKGROUP}>;

@compute @workgroup_size(${LANES})
fn main(@builtin(local_invocation_index) lane: u32) {
#if ${folds}
  let folded = (fold.count + ${FAN - 1}u) / ${FAN}u * fold.points;
  for (var at = lane; at < folded; at += ${LANES}u) { sums[at] = ${foldedAt('at')}; }
  storageBarrier();
#endif
  for (var point = lane; point < out.points / ${c}u; point += ${LANES}u) {
    ${outputsAt({ loss, c })}
  }
  storageBarrier();
  ${lossOfStep({ c })}
}`;
  return { name: `ending ${loss}${outputsText({ c })}${folds ? ' after a fold' : ''}`, bindings, code };
}
