/** What a run itself shows of its moments: where its loss falls fastest, where its cloud moves most, and where it rests. */
import { featureOf } from '../../core/features/features.ts';
import { kernelDrift, tangentKernel } from '../../core/features/kernel.ts';
import { picked, spread } from '../../core/picked.ts';
import { shapeOf } from '../../core/shape.ts';
import type { ParticleSample, Problem } from '../../engines/engine.ts';
import type { Kept } from './kept.ts';
import { say } from '../say.ts';

export interface Moment {
  /** Place among the kept ones. */
  readonly index: number;
  readonly step: number;
  readonly name: string;
}

/** Kept moments below which nothing is said. */
const LEAST = 4;
/** Of the last K: nearer is settled. And of the greatest speed: slower is at rest. */
const SETTLED = 0.05;
const AT_REST = 0.05;
/** The loss falls where a stretch takes off it at least this share. */
const FALLS = 0.1;
/** Neurons and inputs of which K is made. */
const K_NEURONS = 256;
const K_INPUTS = 16;

type Told = Pick<Kept, 'step' | 't' | 'loss' | 'sample' | 'problem'>;

export function momentsOf(kept: readonly Told[]): Moment[] {
  if (kept.length < LEAST) return [];
  const at = (index: number, name: string): Moment => ({ index, step: kept[index].step, name });
  return [fall(kept, at), half(kept, at), rest(kept, at), settled(kept, at)]
    .filter((moment) => moment !== null)
    .sort((p, q) => p.index - q.index);
}

type At = (index: number, name: string) => Moment;

/** Where the loss falls by the largest factor a unit of time. */
function fall(kept: readonly Told[], at: At): Moment | null {
  const rate = (k: number): number => Math.log(kept[k].loss / kept[k + 1].loss) / (kept[k + 1].t - kept[k].t);
  const best = largest(kept.length - 1, rate);
  return kept[best + 1].loss < (1 - FALLS) * kept[best].loss ? at(best, say('the loss falls fastest')) : null;
}

/** Where half of what the loss has fallen is behind it. */
function half(kept: readonly Told[], at: At): Moment | null {
  const [first, last] = [kept[0].loss, kept.at(-1)!.loss];
  if (!(last < (1 - FALLS) * first)) return null;
  return at(
    kept.findIndex(({ loss }) => loss <= (first + last) / 2),
    say('half of the fall is done'),
  );
}

/** From where on the cloud hardly moves. */
function rest(kept: readonly Told[], at: At): Moment | null {
  const speeds = kept.slice(1).map(({ sample, t }, k) => distance(sample, kept[k].sample) / (t - kept[k].t));
  const most = Math.max(...speeds);
  const index = since(speeds, (speed) => speed < AT_REST * most);
  return most > 0 && index !== null ? at(index, say('the cloud comes to rest')) : null;
}

/** From where on K is what it is at the end. */
function settled(kept: readonly Told[], at: At): Moment | null {
  const { problem } = kept.at(-1)!;
  if (kept.some((one) => one.problem !== problem)) return null;
  const inputs = inputsOf(problem);
  const kernels = kept.map(({ sample }) => kernelOf(sample, problem, inputs));
  const last = kernels.at(-1)!;
  const distances = kernels.map((K) => kernelDrift(K, last));
  const index = since(distances.slice(0, -1), (far) => far < SETTLED);
  return index !== null && Math.max(...distances) > SETTLED ? at(index, say('the kernel K settles')) : null;
}

/** The first of the last values, all of which pass; null where the last one does not, or all do. */
function since(values: readonly number[], passes: (value: number) => boolean): number | null {
  const last = values.findLastIndex((value) => !passes(value));
  return last < 0 || last === values.length - 1 ? null : last + 1;
}

function largest(count: number, of: (k: number) => number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (of(k) > of(best)) best = k;
  return best;
}

/** Root mean square way of a neuron from one to the other. */
function distance(p: ParticleSample, q: ParticleSample): number {
  let square = 0;
  for (let i = 0; i < p.theta.length; i++) square += (p.theta[i] - q.theta[i]) ** 2;
  return Math.sqrt(square / p.n);
}

function inputsOf({ x, m, ...sized }: Problem): Float64Array {
  const { c, d } = shapeOf(sized);
  const rows = Math.max(1, Math.min(m, Math.floor(K_INPUTS / c)));
  return picked(x, spread(m, rows), d);
}

/** K of some neurons, the same each time: its scale is left out. */
function kernelOf(sample: ParticleSample, problem: Problem, x: Float64Array): Float64Array {
  const { c, d, width, weights } = shapeOf(problem);
  const m = x.length / d;
  const theta = sample.theta.subarray(0, Math.min(sample.n, K_NEURONS) * width);
  return tangentKernel(theta, { m, x, y: new Float64Array(m * c), c, d, weights }, 1, featureOf(problem));
}
