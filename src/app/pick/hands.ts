/** Pointer, finger and keys that pick neurons, beside those that move the camera. */

/** CSS pixels of the cloud from its left and top. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** To the right and down. */
export type Arrow = readonly [number, number];

export interface Answers {
  /** A neuron stays picked: arrows are for it. */
  readonly isHolding: boolean;
  /** The pointer is there; null: nowhere over the cloud. */
  hover(spot: Spot | null): void;
  /** A click or a finger, which means what is within so many pixels. */
  tap(spot: Spot, reach: number): void;
  /** On to the next one; null: one to begin with. */
  step(arrow: Arrow | null): void;
  /** Whether there was something to let go. */
  escape(): boolean;
}

/** Pixels around the pointer, and around a finger, and those that a click may slip. */
export const REACH = 16;
const REACH_OF_FINGER = 30;
const SLIP = 6;

const ARROWS: Readonly<Record<string, Arrow>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** `host` has the canvas that has the focus; with shift, arrows turn the cloud all the same. */
export function bindHands(host: HTMLElement, answers: Answers): void {
  let down: Spot | null = null;
  const spotOf = ({ clientX, clientY }: PointerEvent): Spot => {
    const { left, top } = host.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  host.addEventListener('pointermove', (event) => {
    if (event.pointerType !== 'touch' && event.buttons === 0) answers.hover(spotOf(event));
  });
  host.addEventListener('pointerleave', () => answers.hover(null));
  host.addEventListener('pointerdown', (event) => (down = event.isPrimary ? spotOf(event) : null));
  host.addEventListener('pointerup', (event) => {
    const [from, to] = [down, spotOf(event)];
    down = null;
    if (!from || event.button !== 0 || Math.hypot(to.x - from.x, to.y - from.y) > SLIP) return;
    answers.tap(to, event.pointerType === 'touch' ? REACH_OF_FINGER : REACH);
  });
  host.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const arrow = ARROWS[event.key];
      if (event.key !== 'Enter' && !(arrow && answers.isHolding)) return;
      event.preventDefault();
      event.stopPropagation();
      answers.step(arrow ?? null);
    },
    true,
  );
  addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape' && answers.escape()) event.stopPropagation();
    },
    true,
  );
}
