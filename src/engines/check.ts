/** What engines refuse of a problem and of steps before they begin. */
import { batchFault } from '../core/dynamics/batches.ts';
import { featureChoiceOf, spelled, takesWeights } from '../core/features/features.ts';
import { targetsFault } from '../core/objective/losses.ts';
import { needsLoss } from '../core/dynamics/schedules.ts';
import { shapeOf } from '../core/shape.ts';
import { activeTerms, TERMS } from '../core/dynamics/terms.ts';
import { outputsIn, replicasOf, type Method, type Problem } from './engine.ts';

/** Throws RangeError where fields of a problem contradict each other. */
export function checkProblem(
  { n, theta, integrator, terms, ...rest }: Problem,
  method: Method = 'direct',
): void {
  const { c, d, weights, width } = shapeOf(rest);
  const numbers = replicasOf(rest) * n * width;
  const { y, m } = rest;
  if (y.length !== m * c) throw new RangeError(`y has ${y.length} numbers, not m c = ${m * c}, c = ${c}`);
  const fault = targetsFault(rest.loss, y, c);
  if (fault) throw new RangeError(fault);
  const { features } = featureChoiceOf(rest);
  const wanted = takesWeights(features) ? c : 0;
  if (weights !== wanted || (wanted === 0 && c > 1))
    throw new RangeError(
      `rows have ${weights} output weights for c = ${c}, and the features ${spelled(features)} want ${wanted === 0 ? 'none, for c = 1' : wanted}`,
    );
  if (theta.length !== numbers)
    throw new RangeError(
      `θ has ${theta.length} numbers, not R n ${weights > 0 ? `(c + d) = ${numbers}, c = ${c}` : `d = ${numbers}`}, d = ${d}`,
    );
  const unfit = rest.batch && batchFault(rest.batch, m);
  if (unfit) throw new RangeError(unfit);
  if (rest.stream && (rest.batch || rest.stream.size !== m))
    throw new RangeError(
      `a stream of ${rest.stream.size} samples a step needs m = that, not ${m}, and no batches`,
    );
  if (rest.stream && method !== 'direct')
    throw new RangeError(`method = "${method}" is for samples that stay, not for a stream: choose "direct"`);
  const whole = activeTerms(terms).find((name) => TERMS[name].eulerOnly);
  if (whole && integrator !== 'euler')
    throw new RangeError(`${TERMS[whole].summary} needs the integrator "euler", not "${integrator}"`);
  if (needsLoss(rest.schedules) && replicasOf(rest) > 1)
    throw new RangeError('dt over the loss is for one system: each replica would have a time of its own');
  const cold = activeTerms(terms).find((name) => TERMS[name].coldOnly);
  if (cold && activeTerms(terms).includes('noise'))
    throw new RangeError(`${TERMS[cold].summary}, which has no meaning beside noise: leave one of them out`);
}

/** Throws RangeError where residual paths do not fit the steps they are to drive. */
export function checkDrive(problem: Problem, steps: number, drive: Float64Array | undefined): void {
  const { integrator } = problem;
  const numbers = outputsIn(problem);
  if (drive && (problem.batch || problem.stream))
    throw new RangeError('residual paths stand for all rows: take a problem without batches or streams');
  if (drive && integrator !== 'euler')
    throw new RangeError(`residual paths need the integrator "euler", not "${integrator}"`);
  if (drive && drive.length !== steps * numbers)
    throw new RangeError(`${drive.length} residuals are not ${steps} steps of m c = ${numbers}`);
}
