import type { CloudFrameOptions } from '../../views/cloud/frame.ts';

/** What a person chooses of the picture. */
export interface PictureChoice extends Required<
  Pick<CloudFrameOptions, 'theme' | 'colour' | 'axes' | 'still'>
> {
  /** Rays towards the teacher's neurons, where a teacher made the data. */
  readonly teacher: boolean;
  /** Paths of some neurons over the last pictures. */
  readonly tails: boolean;
}

export const USUAL: PictureChoice = {
  theme: 'dark',
  colour: 'sign',
  axes: [1, 2, 0],
  still: false,
  teacher: false,
  tails: false,
};
