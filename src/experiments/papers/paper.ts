/**
 * What a paper is here: a preset after one of its experiments, and what shows that it came out as it says. Each is one
 * file here and one entry in registry.ts.
 */
import type { Config } from '../../core/config/config.ts';
import type { Lab, Measured } from '../measure/measurement.ts';

export interface Citation {
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  readonly url: string;
}

export interface Paper {
  readonly citations: readonly Citation[];
  /** What is reproduced, one sentence. */
  readonly claim: string;
  /** What to look at while the preset runs, one sentence. */
  readonly look: string;
  /** How the settings differ from the paper's, or that they are of our own design. */
  readonly differs: string;
  /** A wrong variant of its own, which must not pass. */
  readonly control: string;
  readonly run: (reproduction: Reproduction) => Promise<Measured>;
}

export interface Reproduction extends Lab {
  /** The preset's, complete, with what was changed of it. */
  readonly config: Config;
  /** Of everything that is drawn. */
  readonly seed: number;
  /** Whether the control is asked for. */
  readonly spoiled: boolean;
}
