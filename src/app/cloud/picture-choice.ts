import type { StretchName } from '../../experiments/preset.ts';
import type { CloudFrameOptions } from '../../views/cloud/frame.ts';

/** What a person chooses of the picture. */
export interface PictureChoice extends Required<
  Pick<CloudFrameOptions, 'theme' | 'colour' | 'axes' | 'still'>
> {
  /** How far from 0 neurons are drawn. */
  readonly stretch: StretchName;
  /** Rays towards what made the data. */
  readonly teacher: boolean;
  /** Paths of some neurons over the last pictures. */
  readonly tails: boolean;
}

export const USUAL: PictureChoice = {
  theme: 'dark',
  colour: 'sign',
  axes: [1, 2, 0],
  still: false,
  stretch: 'none',
  teacher: false,
  tails: false,
};
