/** Circles that a preset's theory draws over the cloud: computed once, beside its first pictures. */
import type { FirstPicture } from './picture.ts';

export class Theory {
  /** Radii about 0. */
  rings: readonly number[] = [];

  /** `found`: there is something to draw. A network that the theory does not know has no circle. */
  constructor({ shell }: FirstPicture, found: () => void) {
    shell?.().then(
      (radius) => {
        this.rings = [radius];
        found();
      },
      () => undefined,
    );
  }
}
