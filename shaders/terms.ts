/**
 * What core/dynamics/terms.ts adds to a step, in WGSL: each term declares the numbers it reads, those that stay and those of
 * the step at hand, and its text at the place where it acts. Learning rates multiply what has been added up.
 */
import { TERM_NAMES, ratesOf, type TermName, type Terms } from '../src/core/dynamics/terms.ts';
import { keyOf } from '../src/core/random.ts';
import { shapeOf, type Sized } from '../src/core/shape.ts';
import { output, struct, uniform } from '../src/gpu/layout.ts';
import { brownian } from './brownian.ts';
import { inLayers, strideOf } from './particle.ts';
import { MOST_STAGES } from './bindings.ts';
import type { Bindings, Fields, Struct, Values } from '../src/gpu/layout.ts';

/** The numbers of a system that terms depend on. */
export interface System {
  readonly m: number;
  readonly speed: number;
  readonly terms: Terms;
}

/** WGSL of a vec4f's place. */
export interface Place {
  readonly replica: string;
  readonly j: string;
  readonly k: string;
}

interface TermShader<V> {
  /** Numbers in struct Terms. */
  readonly fields: Fields;
  readonly values: (value: V, system: System) => Values<Fields>;
  /** Numbers in struct Step, which depend on dt. */
  readonly ofStep?: Fields;
  readonly valuesOfStep?: (value: V, system: System, dt: number) => Values<Fields>;
  /** Its text calls by_layer. */
  readonly layered?: true;
  /** Functions that its text calls; particles at this stage are in buffer `state`. */
  readonly helpers?: (sized: Sized, state: string) => string;
  /** WGSL of a number, or of several, of the whole particle that begins at vec4f `at`. */
  readonly whole?: (at: string) => string;
  /** WGSL of what is added to Σ (of which b is −1/m times) at vec4f `state`, number k; `whole` has a name. */
  readonly pull?: (state: string, k: string, whole: string) => string;
  /** It keeps a velocity, in a buffer like θ. */
  readonly keeps?: true;
  /** WGSL of what the particle moves along, Σ and pulls being `slope`, for the vec4f at `at`. */
  readonly carry?: (slope: string, at: string) => string;
  /** WGSL of where vec4f k of particle j of a replica settles that `moved` would be at the end of the step. */
  readonly settle?: (moved: string, at: Place) => string;
}

const TERM_SHADERS: { readonly [N in TermName]: TermShader<NonNullable<Terms[N]>> } = {
  decay: {
    fields: { decay: 'f32' },
    values: (decay, { m }) => ({ decay: m * decay }),
    pull: (state) => `terms.decay * ${state}`,
  },
  ridge: {
    fields: { ridge: 'vec2f' },
    values: (ridge, { m }) => ({ ridge: ridge.map((strength) => m * strength) }),
    layered: true,
    pull: (state, k) => `by_layer(terms.ridge, ${k}) * ${state}`,
  },
  variation: {
    fields: { variation: 'f32' },
    values: (variation, { m }) => ({ variation: m * variation }),
    layered: true,
    // |w0|/|w1| and |w1|/|w0|, 0 for a layer that is 0
    helpers: (sized, state) => `fn ratios(at: u32) -> vec2f {
  var squares = vec2f();
  for (var k = 0u; k < ${strideOf(sized)}u; k++) {
    let four = ${state}[at + k];
    squares += vec2f(dot(by_layer(vec2f(1.0, 0.0), k) * four, four), dot(by_layer(vec2f(0.0, 1.0), k) * four, four));
  }
  let sizes = sqrt(squares);
  return select(vec2f(), sizes.yx / sizes, squares > vec2f());
}`,
    whole: (at) => `ratios(${at})`,
    pull: (state, k, whole) => `terms.variation * (by_layer(${whole}, ${k}) * ${state})`,
  },
  noise: {
    // of the first replica, as two words: that of a replica is the first one's + its number
    fields: { seed: 'vec2u' },
    values: ({ seed }) => ({ seed: keyOf(seed) }),
    ofStep: { deviations: 'vec2f' },
    valuesOfStep: ({ temperature }, { speed, terms }, dt) => ({
      deviations: ratesOf(terms).map((rate) => Math.sqrt(2 * temperature * rate * speed * dt)),
    }),
    layered: true,
    // numbers past the end of a row stay 0
    helpers: (sized) => `${brownian}
fn shock(deviations: vec2f, replica: u32, j: u32, k: u32, step: u32) -> vec4f {
  let low = terms.seed.x + replica;
  let seed = vec2u(low, terms.seed.y + select(0u, 1u, low < replica));
  let used = 4u * k + vec4u(0u, 1u, 2u, 3u) < vec4u(${shapeOf(sized).width}u);
  return select(vec4f(), by_layer(deviations, k) * brownian(j, k, step, seed), used);
}`,
    settle: (moved, { replica, j, k }) =>
      `${moved} + shock(now.deviations, ${replica}, ${j}, ${k}, status.step + 1u)`,
  },
  l1: {
    fields: {},
    values: () => ({}),
    ofStep: { threshold: 'f32' },
    valuesOfStep: (l1, { speed, terms }, dt) => ({ threshold: speed * dt * ratesOf(terms)[0] * l1 }),
    layered: true,
    helpers: () => `fn shrunk(moved: vec4f, threshold: vec4f) -> vec4f {
  return moved - clamp(moved, -threshold, threshold);
}`,
    settle: (moved, { k }) => `shrunk(${moved}, by_layer(vec2f(now.threshold, 0.0), ${k}))`,
  },
  momentum: {
    fields: { beta: 'f32', nesterov: 'u32' },
    values: ({ beta, nesterov }) => ({ beta, nesterov: Number(nesterov) }),
    keeps: true,
    // v is in units of b, which is −1/m Σ
    helpers: () => `fn carried(slope: vec4f, at: u32) -> vec4f {
  let v = terms.beta * velocity[at] + stage.norm * slope;
  velocity[at] = v;
  let along = -f32(stage.m) * v;
  return select(along, slope + terms.beta * along, terms.nesterov != 0u);
}`,
    carry: (slope, at) => `carried(${slope}, ${at})`,
  },
};

/** Which terms a shader has: names in the registry's order, and whether the layers have rates of their own. */
export interface TermChoice {
  readonly names: readonly TermName[];
  readonly rates: boolean;
}
export const NO_TERMS: TermChoice = { names: [], rates: false };

const shadersOf = (names: readonly TermName[]): TermShader<unknown>[] =>
  TERM_NAMES.filter((name) => names.includes(name)).map((name) => TERM_SHADERS[name] as TermShader<unknown>);
const together = <T extends object>(parts: readonly T[]): T => Object.assign({}, ...parts) as T;

/** What stays as it is while a run lasts. */
function termsStruct({ names, rates }: TermChoice): Struct | null {
  const fields = together<Fields>([
    ...(rates ? [{ rates: 'vec2f' } as const] : []),
    ...shadersOf(names).map((term) => term.fields),
  ]);
  return Object.keys(fields).length > 0 ? struct('Terms', fields) : null;
}

/**
 * What varies from step to step, one record a step, which shaders read by the step's number: from Σ to the next
 * stage's displacement and to a stage's share of the step, stage by stage, and what the terms need of dt.
 */
export const stepStruct = ({ names }: TermChoice): Struct =>
  struct(
    'Step',
    together<Fields>([{ advance: 'vec4f', weight: 'vec4f' }, ...shadersOf(names).map((t) => t.ofStep ?? {})]),
  );

export function packTerms(choice: TermChoice, system: System): ArrayBuffer | null {
  const values = choice.names.map((name) =>
    (TERM_SHADERS[name] as TermShader<unknown>).values(system.terms[name], system),
  );
  return termsStruct(choice)?.pack(together([{ rates: ratesOf(system.terms) }, ...values])) ?? null;
}

/** The record of a step of length dt by a tableau's numbers. */
export function packStep(
  choice: TermChoice,
  system: System,
  dt: number,
  tableau: { readonly weights: readonly number[]; readonly advance: readonly number[] },
): ArrayBuffer {
  const scale = (-dt * system.speed) / system.m;
  const four = (numbers: readonly number[]): number[] =>
    Array.from({ length: MOST_STAGES }, (_, i) => scale * (numbers[i] ?? 0));
  const values = choice.names.map(
    (name) => (TERM_SHADERS[name] as TermShader<unknown>).valuesOfStep?.(system.terms[name], system, dt) ?? {},
  );
  return stepStruct(choice).pack(
    together([{ advance: four(tableau.advance), weight: four(tableau.weights) }, ...values]),
  );
}

/** What a shader that moves particles has of them. */
export interface TermTexts {
  readonly bindings: Bindings;
  readonly helpers: string;
  /** Statements about particle i, which begins at vec4f `at`, before anything of it moves. */
  readonly looked: (i: number, at: string) => string;
  /** The slope of vec4f `state`, number k of particle i, Σ alone before. */
  readonly pulled: (slope: string, state: string, k: string, i: number) => string;
  /** By which the vec4f at `at`, number k of a particle, moves. */
  readonly scaled: (slope: string, k: string, at: string) => string;
  /** Where a vec4f settles at the end of a step. */
  readonly settled: (moved: string, at: Place) => string;
}

/** `state` is the buffer that holds the particles at this stage. */
export function termTexts(choice: TermChoice, sized: Sized, state: string): TermTexts {
  const parts = shadersOf(choice.names);
  const of = termsStruct(choice);
  const layers = choice.rates || parts.some(({ layered }) => layered);
  const whole = (t: number, i: number): string => `whole${t}_${i}`;
  const helpers = parts.map((part) => part.helpers?.(sized, state) ?? '');
  return {
    bindings: {
      ...(of && { terms: uniform(of) }),
      ...(parts.some(({ keeps }) => keeps) && { velocity: output('vec4f') }),
    },
    helpers: [...(layers ? [inLayers(sized)] : []), ...helpers].join('\n'),
    looked: (i, at) =>
      parts.map((part, t) => (part.whole ? `let ${whole(t, i)} = ${part.whole(at)};` : '')).join(''),
    pulled: (slope, four, k, i) =>
      [slope, ...parts.flatMap(({ pull }, t) => (pull ? [pull(four, k, whole(t, i))] : []))].join(' + '),
    scaled: (slope, k, at) => {
      const along = parts.reduce((text, { carry }) => carry?.(text, at) ?? text, slope);
      return choice.rates ? `by_layer(terms.rates, ${k}) * ${along}` : along;
    },
    settled: (moved, at) => parts.reduce((text, { settle }) => settle?.(text, at) ?? text, moved),
  };
}
