/**
 * What a measurement is: a law of docs/model.md, asked of whatever engine is opened for it. Each is one file here
 * and one line in registry.ts.
 */
import type { Config, ConfigInput } from '../../core/config/config.ts';
import type { Level } from '../../core/analysis/statistics.ts';
import type { Density, DensityProblem } from '../../engines/density.ts';
import type { Engine, Problem } from '../../engines/engine.ts';
import type { Files } from '../data/table.ts';
import type { Learned } from './learned.ts';
import type { Panel } from './panel.ts';
import type { Requirement } from './requirements.ts';

export interface Measurement {
  /** One sentence. */
  readonly summary: string;
  /** The statement that it shows, in the letters of docs/model.md. */
  readonly law: string;
  readonly defaults: {
    readonly config: ConfigInput & { readonly data: Config['data'] };
    readonly widths: readonly number[];
    readonly replicas: number;
  };
  /** Fewest widths that it can work with; fits in n need FEWEST_LEVELS. */
  readonly fewestWidths: number;
  readonly requires?: readonly Requirement[];
  /** A wrong variant of its own, which must not pass. */
  readonly control: {
    readonly summary: string;
    /** Opens another dynamics in place of the engine's. */
    readonly open?: (problem: Problem) => Engine;
    /** What the engine is given in place of the problem. */
    readonly spoil?: (problem: Problem) => Problem;
  };
  /** How its figure is drawn; default: every rate in logarithms, or the checks where there is no rate. */
  readonly figure?: 'phases';
  readonly run: (context: Context) => Promise<Measured>;
}

/** Fewest widths (or step sizes) and replicas behind a fitted rate. */
export const FEWEST_LEVELS = 5;
export const FEWEST_REPLICAS = 64;
/** Of first-step exponents, and of rates. */
export const TOLERANCE = { exponent: 0.03, rate: 0.1 } as const;

/** What those who ask laws of engines work with. */
export interface Lab {
  readonly files: Files;
  readonly open: (problem: Problem) => Promise<Engine>;
  /** Particles that will be worked through, of all replicas together; then, by and by, that some were. */
  readonly expect: (particles: number) => void;
  readonly done: (particles: number) => void;
  /** Told what engines make of rows held out, where that is asked for. */
  readonly learned?: Learned;
  readonly signal?: AbortSignal;
}

export interface Context extends Lab {
  /** Complete; all replicas' seeds are made of its initial.seed. */
  readonly config: Config;
  /** What the user gave beyond the defaults. */
  readonly given: ConfigInput;
  /** Ascending. */
  readonly widths: readonly number[];
  readonly replicas: number;
  readonly seed: number;
  /** Whether the control is asked for. */
  readonly spoiled: boolean;
  /** The mean-field PDE, where the engine is. */
  readonly density: (problem: DensityProblem) => Promise<Density>;
}

/** A rate: |mean value|^(1/root) ∝ x^expected. */
export interface Series {
  readonly name: string;
  /** What x is: n, dt, … */
  readonly abscissa: string;
  readonly expected: number;
  readonly tolerance: number;
  /** Default 1. */
  readonly root?: number;
  readonly levels: readonly (Level & { readonly n: number })[];
  /** Why a slope that is not the expected one would not speak against the law, where that is so: it is undecided then. */
  readonly caveat?: string;
}

/** A number that must lie within `tolerance` of what is expected, or on one side of it. */
export interface Check {
  readonly name: string;
  readonly value: number;
  readonly expected: number;
  readonly tolerance: number;
  /** Absent: both sides. `least`: it may be as large as it likes, `most`: as small. */
  readonly side?: 'least' | 'most';
  /** How what is expected was computed, where it was. */
  readonly theory?: string;
  /** What another value would mean: absent, that the law fails. */
  readonly otherwise?: 'undecided';
}

export interface Measured {
  readonly series: readonly Series[];
  readonly checks: readonly Check[];
  readonly panels?: readonly Panel[];
  /** What else was seen: it decides nothing. */
  readonly seen?: readonly Readonly<Record<string, number | string | readonly number[]>>[];
}

/** The signal was aborted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** Of every error of its kind, in every copy of the package. */
  readonly code = 'interrupted';
}
