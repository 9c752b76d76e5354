/** Thin axes with ticks and names over the cloud, on a canvas of their own so that text stays sharp. */
import { project } from './camera.ts';
import type { Camera, Matrix } from './camera.ts';
import { THEMES } from '../palette.ts';
import { keyOfAxes, type Axes } from './cloud.ts';
import { drawOverlay, type Overlay } from './overlay.ts';
import type { ThemeName } from '../palette.ts';
import { ticks, tickText } from '../plots/ticks.ts';

/** Names of the drawn axes; an empty name leaves its axis out. */
export type AxisLabels = readonly [string, string, string];

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * An axis seen nearly end-on is a dot with a heap of numbers: shorter than this many pixels it is not drawn.
 */
const SHORTEST = 36;
const TICK = 3;
const FONT = '12px system-ui, sans-serif';

export class CloudAxes {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  width = 1;
  height = 1;
  /** What the picture shows. */
  private shown = '';

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this canvas gives no 2-D context');
    this.context = context;
  }

  resize(width: number, height: number, dpr: number): void {
    [this.width, this.height] = [width, height];
    this.canvas.width = Math.max(1, Math.round(width * dpr));
    this.canvas.height = Math.max(1, Math.round(height * dpr));
    this.context.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.shown = '';
  }

  /** Cheap to call every frame: it draws only when something changed. */
  draw(camera: Camera, labels: AxisLabels, theme: ThemeName, axes: Axes, overlay?: Overlay): void {
    const { context } = this;
    const matrix = camera.matrix(this.width / this.height);
    const key = [
      ...matrix,
      ...camera.scale,
      camera.zoom,
      ...labels,
      theme,
      keyOfAxes(axes),
      overlay?.rays.map(({ from, through }) => `${from.join(' ')} ${through.join(' ')}`).join(' '),
      overlay?.rings.join(' '),
      overlay?.paths?.version,
      overlay?.layer?.version,
    ].join();
    if (key === this.shown) return;
    this.shown = key;
    context.clearRect(0, 0, this.width, this.height);
    if (overlay) drawOverlay(this, camera, matrix, axes, overlay, theme);
    context.font = FONT;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    labels.forEach((label, axis) => {
      if (label !== '') this.axis(matrix, axis, camera.scale[axis] * 0.94, camera.zoom, label, theme);
    });
  }

  private axis(
    matrix: Matrix,
    axis: number,
    half: number,
    zoom: number,
    label: string,
    theme: ThemeName,
  ): void {
    const at = (value: number): Point | null => this.place(matrix, axis, value);
    const [from, to] = [at(-half), at(half)];
    if (!from || !to) return;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy);
    if (length < SHORTEST) return;
    const { ink, soft, ground } = THEMES[theme];
    const normal = { x: -dy / length, y: dx / length };
    const { context } = this;
    context.strokeStyle = soft;
    context.globalAlpha = 0.32;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    const shown = Math.max(2, Math.min(6, length / zoom / 90)) * zoom;
    const values = shown > 200 ? [] : ticks(-half, half, shown).filter((value) => value !== 0);
    for (const value of values) {
      const p = at(value);
      if (!p) continue;
      context.moveTo(p.x - TICK * normal.x, p.y - TICK * normal.y);
      context.lineTo(p.x + TICK * normal.x, p.y + TICK * normal.y);
    }
    context.stroke();
    const write = (text: string, p: Point, colour: string, alpha: number): void => {
      context.globalAlpha = 0.8 * alpha;
      context.strokeStyle = ground;
      context.lineWidth = 3;
      context.strokeText(text, p.x, p.y);
      context.globalAlpha = alpha;
      context.fillStyle = colour;
      context.fillText(text, p.x, p.y);
    };
    for (const value of values) {
      const p = at(value);
      // The last stretch belongs to the axis' name.
      if (p && Math.abs(value) < 0.9 * half)
        write(tickText(value), { x: p.x + 14 * normal.x, y: p.y + 14 * normal.y }, soft, 0.75);
    }
    // Beyond the end of the axis, on the side without numbers (the cloud may lie along the axis), and inside
    // the view.
    const margin = context.measureText(label).width / 2 + 6;
    const end = {
      x: to.x + ((margin + 2) * dx) / length,
      y: to.y + (10 * dy) / length - 12 * Math.abs(normal.y),
    };
    write(
      label,
      { x: clamp(end.x, margin, this.width - margin), y: clamp(end.y, 12, this.height - 12) },
      ink,
      0.95,
    );
    context.globalAlpha = 1;
  }

  private place(matrix: Matrix, axis: number, value: number): Point | null {
    const world: [number, number, number] = [0, 0, 0];
    world[axis] = value;
    const [x, y, w] = project(matrix, ...world);
    return w > 0.05 ? { x: (x * 0.5 + 0.5) * this.width, y: (0.5 - y * 0.5) * this.height } : null;
  }
}

const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(low, high), Math.max(low, x));
