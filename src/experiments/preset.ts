/** A named configuration that is worth looking at. */
import type { Config, ConfigInput } from '../core/config/config.ts';

export interface Preset {
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Absent: the usual one. */
  readonly picture?: Picture;
  readonly config: ConfigInput & { readonly data: Config['data'] };
}

/** How a cloud is seen at first; what a person or a link chooses counts for more. */
export interface Picture {
  /** Across, up and in depth, as links spell them (app/links/axes.ts), but for principal directions, which are of a step. */
  readonly axes?: string;
  /** How far from 0 neurons are drawn, where it is not as far as their coordinates on these axes say. */
  readonly stretch?: StretchName;
  /** Half-height, or one for each axis, in the units of what is drawn, where the start does not tell how far the cloud will go. */
  readonly reach?: number | readonly [number, number, number];
  /** The length |w0| that all neurons have in theory: a circle, where they are drawn as far from 0 as that. */
  readonly shell?: () => Promise<(config: Config) => number>;
  /** What is drawn over the cloud: what the data were made of or the theory says, and the paths of some neurons. */
  readonly overlays?: readonly OverlayName[];
}

/** As it lies; |w1| times as far from 0, where relu neurons of the same function meet; or as far from 0 as |w0|. */
export const STRETCHES = ['none', 'w1', 'w0'] as const;
export type StretchName = (typeof STRETCHES)[number];

export type OverlayName = 'teacher' | 'tails';
