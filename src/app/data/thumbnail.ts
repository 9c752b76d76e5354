/**
 * A small picture of data: y over x for one input, dots coloured by y for two, y over the first input for more.
 */
import type { Table } from '../../core/datasets.ts';
import { THEMES, type ThemeName } from '../../views/palette.ts';
import { make } from '../shell/dom.ts';
import { span, valueColour } from '../../views/field/value-colour.ts';

/** CSS pixels. */
const SIZE = { width: 112, height: 72, margin: 6, radius: 1.7 };
/** Rows that a picture of this size can show. */
export const MOST_DOTS = 600;

export function thumbnail(table: Table, theme: ThemeName): HTMLCanvasElement {
  const canvas = make('canvas', 'thumbnail');
  canvas.setAttribute('aria-hidden', 'true');
  drawThumbnail(canvas, table, theme);
  return canvas;
}

export function drawThumbnail(canvas: HTMLCanvasElement, { inputs, x, y }: Table, theme: ThemeName): void {
  const scale = Math.max(2, devicePixelRatio);
  const context = canvas.getContext('2d')!;
  const { width, height, margin, radius } = SIZE;
  const d = inputs.length;
  canvas.width = width * scale;
  canvas.height = height * scale;
  context.scale(scale, scale);
  const column = (c: number): Float64Array => y.map((_, i) => x[i * d + c]);
  const across = column(0);
  const up = d === 2 ? column(1) : y;
  const place = (values: Float64Array, from: number, to: number): ((i: number) => number) => {
    const [low, high] = span(values);
    const length = high - low || 1;
    return (i) => from + ((to - from) * (values[i] - low)) / length;
  };
  const toX = place(across, margin, width - margin);
  const toY = place(up, height - margin, margin);
  const values = span(y);
  for (let i = 0; i < y.length; i++) {
    context.beginPath();
    context.arc(toX(i), toY(i), radius, 0, 2 * Math.PI);
    context.fillStyle = d === 2 ? valueColour(y[i], values, theme) : THEMES[theme].learned;
    context.fill();
  }
}
