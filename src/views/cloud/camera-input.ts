/** Pointer, wheel, touch and keyboard for a Camera. */
import type { Camera } from './camera.ts';

const RADIANS_PER_PIXEL = 0.006;
const KEY_ANGLE = 0.08;
const KEY_ZOOM = 1.15;

type KeyAction = (camera: Camera) => void;
const KEYS: Readonly<Record<string, KeyAction>> = {
  ArrowLeft: (camera) => camera.orbit(-KEY_ANGLE, 0),
  ArrowRight: (camera) => camera.orbit(KEY_ANGLE, 0),
  ArrowUp: (camera) => camera.orbit(0, -KEY_ANGLE),
  ArrowDown: (camera) => camera.orbit(0, KEY_ANGLE),
  '+': (camera) => camera.zoomBy(KEY_ZOOM),
  '=': (camera) => camera.zoomBy(KEY_ZOOM),
  '-': (camera) => camera.zoomBy(1 / KEY_ZOOM),
  Home: (camera) => camera.reset(),
};

/** Whether a finger or the wheel may mean what is around the cloud: the page scrolls, or is a frame of another. */
const isWithin = (): boolean => window !== top || document.documentElement.scrollHeight > innerHeight + 1;

/**
 * Drag turns, shift-drag or right-drag or two fingers pan, wheel or pinch zooms, double-click resets, arrows, +
 * − and Home do the same from the keyboard while `element` has the focus. Where the page scrolls, or stands in a frame,
 * a finger up or down scrolls, and so does the wheel until the cloud is clicked. Returns the function that takes it all
 * away.
 */
export function bindCamera(element: HTMLElement, camera: Camera, onChange: () => void): () => void {
  const off = new AbortController();
  const pointers = new Map<number, { x: number; y: number }>();
  const listen = <K extends keyof HTMLElementEventMap>(
    type: K,
    handle: (event: HTMLElementEventMap[K]) => void,
  ): void => element.addEventListener(type, handle, { signal: off.signal, passive: false });

  /** Pixels of the page to normalised device coordinates. */
  const ndc = (x: number, y: number): [number, number] => {
    const box = element.getBoundingClientRect();
    return [(2 * (x - box.left)) / box.width - 1, 1 - (2 * (y - box.top)) / box.height];
  };
  const pan = (dx: number, dy: number): void =>
    camera.pan((2 * dx) / Math.max(1, element.clientWidth), (-2 * dy) / Math.max(1, element.clientHeight));
  const spread = (): { x: number; y: number; size: number } => {
    const [a, b] = [...pointers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
  };

  const pinch = (event: PointerEvent): void => {
    const before = spread();
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = spread();
    pan(after.x - before.x, after.y - before.y);
    camera.zoomBy(after.size / before.size, ...ndc(after.x, after.y));
  };
  const drag = (event: PointerEvent, from: { x: number; y: number }): void => {
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (event.shiftKey || (event.buttons & 2) !== 0) pan(dx, dy);
    else camera.orbit(dx * RADIANS_PER_PIXEL, dy * RADIANS_PER_PIXEL);
  };

  const style = element.style.touchAction;
  const settle = (): void => void (element.style.touchAction = isWithin() ? 'pan-y' : 'none');
  const observer = new ResizeObserver(settle);
  for (const around of [document.documentElement, document.body]) observer.observe(around);
  settle();
  listen('touchmove', (event) => {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault(); // two fingers are ours
  });
  listen('pointerdown', (event) => {
    if (pointers.size === 2) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    element.setPointerCapture(event.pointerId);
  });
  listen('pointermove', (event) => {
    const from = pointers.get(event.pointerId);
    if (!from) return;
    if (pointers.size === 2) pinch(event);
    else drag(event, from);
    onChange();
  });
  const release = (event: PointerEvent): void => void pointers.delete(event.pointerId);
  listen('pointerup', release);
  listen('pointercancel', release);
  listen('lostpointercapture', release);
  listen('contextmenu', (event) => event.preventDefault());
  listen('wheel', (event) => {
    const isMeant = event.ctrlKey || (document.hasFocus() && document.activeElement === element);
    if (isWithin() && !isMeant) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    camera.zoomBy(Math.exp(-event.deltaY * lines * 0.0015), ...ndc(event.clientX, event.clientY));
    onChange();
  });
  listen('dblclick', () => {
    camera.reset();
    onChange();
  });
  listen('keydown', (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(camera);
    onChange();
  });
  return () => {
    off.abort();
    observer.disconnect();
    element.style.touchAction = style;
  };
}
