/**
 * Two centred Gaussians in d dimensions, N(0, (1 + δ)² I) where y = 1 and N(0, (1 − δ)² I) where y = −1, each with
 * probability ½, learned by f = ∫ φ(⟨w, x⟩) dρ(w) from an isotropic law: ρ_t stays isotropic, and the law of r = |w|
 * follows an equation of its own (Mei, Montanari, Nguyen 2018, section 3.1; docs/model.md, Two Gaussians). With ω uniform
 * on the sphere,
 *     Φ(a) = E φ(a ω_1),  f(x) = ∫ Φ(r |x|) dρ(r),  r' = −E_x[(f(x) − y) |x| Φ'(r |x|)],
 * where the flow is that of half the square. Laws of r are so many radii of equal weight.
 */
import type { Activation } from '../activations/activations.ts';
import { cubicBetween } from '../cubic.ts';

/** Nodes of the quadratures over the sphere's angle and over |x|: Φ is then right to 1e-4 of φ's range. */
const ANGLES = 8192;
const LENGTHS = 48;
/** |x|, or r, is followed so many deviations about its mean. */
const DEVIATIONS = 7;
/** Entries of the table of Φ, between which it is a cubic. */
const ENTRIES = 1024;

export interface Gaussians {
  readonly dimension: number;
  readonly delta: number;
}

/** A point of a quadrature. */
export interface Node {
  readonly at: number;
  readonly weight: number;
}

/** The law of χ_d, the length of a standard normal vector. */
export function lengthNodes(dimension: number, count: number): Node[] {
  const middle = Math.sqrt(Math.max(dimension - 0.5, 0.25));
  const low = Math.max(0, middle - DEVIATIONS);
  const step = (middle + DEVIATIONS - low) / count;
  const at = Array.from({ length: count }, (_, k) => low + (k + 0.5) * step);
  const logs = at.map((length) => (dimension - 1) * Math.log(length) - length ** 2 / 2);
  const most = logs.reduce((p, q) => Math.max(p, q));
  return nodesAt(
    at,
    logs.map((log) => Math.exp(log - most)),
  );
}

/** Weights in proportion to these, which add up to 1. */
function nodesAt(places: readonly number[], weights: readonly number[]): Node[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return places.map((at, k) => ({ at, weight: weights[k] / all }));
}

/** n radii of equal weight under N(0, std² I): quantiles of the law at (i + ½)/n. */
export function radiiOf(dimension: number, std: number, n: number): Float64Array {
  const nodes = lengthNodes(dimension, 16 * LENGTHS);
  const half = (nodes[1].at - nodes[0].at) / 2;
  const radii = new Float64Array(n);
  let below = 0;
  let k = 0;
  for (let i = 0; i < n; i++) {
    const share = (i + 0.5) / n;
    while (k < nodes.length - 1 && below + nodes[k].weight < share) below += nodes[k++].weight;
    radii[i] = std * (nodes[k].at + half * (2 * ((share - below) / nodes[k].weight) - 1));
  }
  return radii;
}

/** Φ and Φ' on [0, most], from a table of cubics between places that are evenly spaced in √a. */
export class Averaged {
  private readonly pieces = new Float64Array(4 * ENTRIES);
  private readonly perEntry: number;

  constructor(
    activation: Activation,
    dimension: number,
    private readonly most: number,
  ) {
    this.perEntry = ENTRIES / Math.sqrt(most);
    const nodes = cosines(dimension);
    const ends = Array.from({ length: ENTRIES + 1 }, (_, k) => averagedAt(activation, nodes, this.start(k)));
    for (let k = 0; k < ENTRIES; k++) {
      const [[p, u], [q, v]] = [ends[k], ends[k + 1]];
      const length = this.start(k + 1) - this.start(k);
      this.pieces.set(cubicBetween(p, q, u * length, v * length), 4 * k);
    }
  }

  private start(k: number): number {
    return (k / this.perEntry) ** 2;
  }

  /** Φ(a), Φ'(a) into out: Φ is even. Beyond the table's end the last entry. */
  both(out: Float64Array, signed: number): void {
    const a = Math.min(Math.abs(signed), this.most);
    const k = Math.min(ENTRIES - 1, Math.floor(Math.sqrt(a) * this.perEntry));
    const start = this.start(k);
    const length = this.start(k + 1) - start;
    const t = (a - start) / length;
    const { pieces } = this;
    const [at, second, third] = [4 * k, pieces[4 * k + 2], pieces[4 * k + 3]];
    out[0] = pieces[at] + t * (pieces[at + 1] + t * (second + t * third));
    out[1] = (Math.sign(signed) * (pieces[at + 1] + t * (2 * second + 3 * t * third))) / length;
  }
}

function averagedAt({ both }: Activation, nodes: readonly Node[], a: number): [value: number, slope: number] {
  const pair = new Float64Array(2);
  let [value, slope] = [0, 0];
  for (const { at, weight } of nodes) {
    both(pair, a * at);
    value += weight * pair[0];
    slope += weight * at * pair[1];
  }
  return [value, slope];
}

/** For radii up to `most` and every δ. */
export function averagedFor(activation: Activation, dimension: number, most: number): Averaged {
  const longest = 2 * lengthNodes(dimension, LENGTHS).reduce((length, { at }) => Math.max(length, at), 0);
  return new Averaged(activation, dimension, most * longest);
}

/** The law of ω_1, density ∝ (1 − s²)^((d−3)/2), by equal steps of the angle. */
function cosines(dimension: number): Node[] {
  if (dimension === 1) return [-1, 1].map((at) => ({ at, weight: 0.5 }));
  const angles = Array.from({ length: ANGLES }, (_, k) => ((k + 0.5) * Math.PI) / ANGLES);
  const nodes = nodesAt(
    angles.map(Math.cos),
    angles.map((angle) => Math.sin(angle) ** (dimension - 2)),
  );
  return nodes.filter(({ weight }) => weight > 1e-18);
}

export class RadialFlow {
  /** |x|, y and the weight of each. */
  private readonly inputs: readonly (Node & { readonly y: number })[];

  constructor(
    private readonly averaged: Averaged,
    { dimension, delta }: Gaussians,
  ) {
    const nodes = lengthNodes(dimension, LENGTHS);
    this.inputs = [1, -1].flatMap((y) =>
      nodes.map(({ at, weight }) => ({ at: (1 + y * delta) * at, weight: weight / 2, y })),
    );
  }

  /** r' of each radius. */
  readonly slope = (radii: Float64Array): Float64Array => {
    const slopes = new Float64Array(radii.length);
    const pair = new Float64Array(2);
    const own = new Float64Array(radii.length);
    for (const { at, weight, y } of this.inputs) {
      let f = 0;
      for (let i = 0; i < radii.length; i++) {
        this.averaged.both(pair, radii[i] * at);
        f += pair[0] / radii.length;
        own[i] = pair[1];
      }
      const pull = weight * (f - y) * at;
      for (let i = 0; i < radii.length; i++) slopes[i] -= pull * own[i];
    }
    return slopes;
  };

  /** f at inputs of this length. */
  output(radii: Float64Array, length: number): number {
    const pair = new Float64Array(2);
    let f = 0;
    for (const r of radii) {
      this.averaged.both(pair, r * length);
      f += pair[0];
    }
    return f / radii.length;
  }

  /** E (f − y)². */
  risk(radii: Float64Array): number {
    return this.inputs.reduce((sum, { at, weight, y }) => sum + weight * (this.output(radii, at) - y) ** 2, 0);
  }

  /** ψ(r; ρ) = E (f − y) Φ(r |x|): half the slope of the risk in mass at r. */
  potential(radii: Float64Array, r: number): number {
    const pair = new Float64Array(2);
    return this.inputs.reduce((sum, { at, weight, y }) => {
      this.averaged.both(pair, r * at);
      return sum + weight * (this.output(radii, at) - y) * pair[0];
    }, 0);
  }
}

const PLACES = Array.from({ length: ANGLES }, (_, k) => 2 * DEVIATIONS * ((k + 0.5) / ANGLES - 0.5));
const NORMAL = nodesAt(
  PLACES,
  PLACES.map((g) => Math.exp(-(g * g) / 2)),
);

/** E φ(a G), G standard normal. */
export function gaussianMean({ phi }: Activation, a: number): number {
  return NORMAL.reduce((sum, { at, weight }) => sum + weight * phi(a * at), 0);
}
