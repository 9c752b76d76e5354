/** Pointer and keys on a plot of points. */
import type { PointPlot } from '../../views/plots/points.ts';
import { say } from '../say.ts';

type Position = readonly [number, number];

export interface Hand {
  /** Takes the point `at`, or makes one where it is −1. */
  begin(at: number, place: Position): void;
  /** Moves the taken point. `going`: not the first move of it, or it was made by this press. */
  drag(place: Position, going: boolean): void;
  /** −1: the point taken last. */
  remove(at: number): void;
  undo(): void;
  /** By hundredths of the axes. */
  nudge(x: number, y: number): void;
}

/** CSS pixels from a point within which it is meant; and those that a finger moves without wishing to. */
const REACH = { mouse: 9, touch: 18 };
const STILL = 4;
/** Milliseconds. */
const LONG = 600;
const ARROWS: Readonly<Record<string, Position>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

export function bindDrawing(area: HTMLElement, plot: PointPlot, hand: Hand): void {
  area.tabIndex = 0;
  area.setAttribute('role', 'group');
  area.setAttribute(
    'aria-label',
    say('Drawing: arrow keys move the chosen point, Delete removes it; the table below adds points'),
  );
  let press: { x: number; y: number; moved: boolean; made: boolean } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    clearTimeout(timer);
    press = null;
  };
  area.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const at = plot.nearest(event, event.pointerType === 'touch' ? REACH.touch : REACH.mouse);
    if (event.altKey) return at >= 0 ? hand.remove(at) : undefined;
    area.setPointerCapture(event.pointerId);
    hand.begin(at, plot.dataAt(event));
    press = { x: event.clientX, y: event.clientY, moved: false, made: at < 0 };
    if (at >= 0) timer = setTimeout(() => (end(), hand.remove(at)), LONG);
  });
  area.addEventListener('pointermove', (event) => {
    if (!press || (!press.moved && Math.hypot(event.clientX - press.x, event.clientY - press.y) < STILL))
      return;
    clearTimeout(timer);
    hand.drag(plot.dataAt(event), press.moved || press.made);
    press.moved = true;
  });
  for (const name of ['pointerup', 'pointercancel']) area.addEventListener(name, end);
  area.addEventListener('contextmenu', (event) => event.preventDefault()); // a long press is ours
  area.addEventListener('keydown', (event) => onKey(event, hand));
}

function onKey(event: KeyboardEvent, hand: Hand): void {
  const arrow = ARROWS[event.key] as Position | undefined;
  const undo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
  if (!arrow && !undo && event.key !== 'Delete' && event.key !== 'Backspace') return;
  event.preventDefault();
  if (arrow) hand.nudge(...arrow);
  else if (undo) hand.undo();
  else hand.remove(-1);
}
