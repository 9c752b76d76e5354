/** What a data set declares, and one member of the family that its dimension and parameters span. */

/** A number from low to high, or a whole one. */
export interface NumberParameter {
  readonly summary: string;
  readonly low: number;
  readonly high: number;
  readonly whole?: true;
  readonly usual: number;
}

/** One of some words. */
export interface ChoiceParameter {
  readonly summary: string;
  readonly of: readonly string[];
  readonly usual: string;
}

export type Parameter = NumberParameter | ChoiceParameter;
export type ParameterValues = Readonly<Record<string, number | string>>;

export interface Member {
  /** Inputs in a row. */
  readonly dimension: number;
  readonly parameters: ParameterValues;
}

export interface Dataset {
  readonly summary: string;
  /** Where real data come from and on what terms; absent for generators. */
  readonly source?: string;
  /** Absent where the dimension is a choice: then x1, x2, … */
  readonly inputs?: readonly string[];
  readonly dimension?: { readonly low: number; readonly high: number; readonly usual: number };
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly target: string;
  /** Rows made by default; for real data all there are, which is also the most. */
  readonly samples: number;
  /** Rows that a generator has at all, and then makes by default; Infinity or absent where they never end. */
  readonly population?: (member: Member) => number;
  /** Row i of a generator depends on how many there are, so that they are spread evenly: there is no next one. */
  readonly spread?: true;
  /** One sentence where a member contradicts itself, else null. */
  readonly fault?: (member: Member) => string | null;
  /** Unit vectors on which the target depends, one a coordinate that counts; absent where a teacher says them. */
  readonly directions?: (member: Member) => readonly (readonly number[])[];
  /** Neurons [w1, w0 of each input] of the network that made the target of a seed; absent where none did. */
  readonly teacher?: (seed: number, member: Member) => readonly (readonly number[])[];
  /** Particles [w1, w0 of each input] of the measure that made the target of a seed, where that is no network. */
  readonly atoms?: (seed: number, member: Member) => readonly (readonly number[])[];
  /**
   * Row i of `samples` as [inputs…, target], before noise. What belongs to no row, a teacher, is drawn from the seed,
   * and what is a row's own from `drawn`, usually the same.
   */
  readonly rows: (
    samples: number,
    seed: number,
    member: Member,
    drawn: number,
  ) => (i: number) => readonly number[];
}

/** What is given, and the usual values of the rest. */
export function memberOf(dataset: Dataset, given: Partial<Member> = {}): Member {
  const { inputs = [], dimension, parameters = {} } = dataset;
  const usual = Object.entries(parameters).map(([name, parameter]) => [name, parameter.usual] as const);
  return {
    dimension: dimension ? (given.dimension ?? dimension.usual) : inputs.length,
    parameters: { ...Object.fromEntries(usual), ...given.parameters },
  };
}

/** Rows that a member has at most. */
export function mostRows({ source, samples, population }: Dataset, member: Member): number {
  return source ? samples : (population?.(member) ?? Infinity);
}

/** Rows that a member makes by default. */
export function usualRows(dataset: Dataset, member: Member): number {
  const most = mostRows(dataset, member);
  return Number.isFinite(most) ? most : dataset.samples;
}

export const inputNames = ({ inputs }: Dataset, { dimension }: Member): readonly string[] =>
  inputs ?? (dimension === 1 ? ['x'] : Array.from({ length: dimension }, (_, c) => `x${c + 1}`));
