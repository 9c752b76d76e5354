/**
 * The page's cloud as a picture of any size: the camera, colours and axes of the page, all neurons that the
 * engine gives.
 */
import { CloudCanvas } from '../../views/cloud/canvas.ts';
import { CloudPicture } from '../../views/cloud/picture.ts';
import { CloudWebGpu } from '../../views/cloud/webgpu/view.ts';
import type { ArraySource, GpuSource } from '../../views/cloud/cloud.ts';
import type { Page } from '../page.ts';
import { say } from '../say.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Pixels along a side at least and, where no device says otherwise, at most; and those that browsers hold in
 * one canvas.
 */
export const SIDE = { least: 16, most: 16_384 } as const;
export const MOST_PIXELS = 2 ** 26;
/** Neurons that a picture without WebGPU shows, at most. */
const MOST_COPIED = 2 ** 20;

/** What the page's engine can draw: pixels along a side. */
export function mostSide({ session: { engine } }: Page): number {
  return engine?.onGpu
    ? Math.min(SIDE.most, engine.onGpu.cloud().gpu.device.limits.maxTextureDimension2D)
    : SIDE.most;
}

/** Throws a RangeError with a sentence where such a picture cannot be made. */
export function checkSize({ width, height }: Size, most: number): void {
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < SIDE.least || side > most)
      throw new RangeError(
        say('a side of {side} pixels: give a whole number from {least} to {most}', {
          side,
          least: SIDE.least,
          most,
        }),
      );
  }
  if (width * height > MOST_PIXELS)
    throw new RangeError(
      say('{width} × {height} pixels are {pixels}, and {most} fit into one picture: choose a smaller side', {
        width,
        height,
        pixels: width * height,
        most: MOST_PIXELS,
      }),
    );
}

/** Draws the engine's neurons as they are; `sheet` is the picture. */
export interface Painter {
  readonly sheet: HTMLCanvasElement;
  draw(axes: boolean): Promise<void>;
  destroy(): void;
}

export function openPainter(page: Page, size: Size): Painter {
  checkSize(size, mostSide(page));
  const { session, cloud } = page;
  const { onGpu } = session.engine!;
  const painterOf = <S>(picture: CloudPicture<S>, source: () => Promise<S>): Painter => ({
    sheet: picture.sheet,
    draw: async (axes) =>
      void (await picture.draw(await source(), cloud.camera, { ...cloud.look, showAxes: axes }, words(page))),
    destroy: () => picture.destroy(),
  });
  if (onGpu) {
    const cloud = onGpu.cloud();
    return painterOf(
      new CloudPicture<GpuSource>(size.width, size.height, (canvas) => new CloudWebGpu(canvas, cloud.gpu)),
      () => Promise.resolve(cloud),
    );
  }
  return painterOf(
    new CloudPicture<ArraySource>(
      size.width,
      size.height,
      (canvas) => new CloudCanvas(canvas, { whole: true }),
    ),
    () => session.ask((engine) => engine.sample(MOST_COPIED)),
  );
}

/** What a picture says of itself. */
function words({ session }: Page): string {
  const { step, t, loss, n } = session.metrics();
  return say('step {step}   t = {t}   loss {loss}   n = {n}', {
    step: step.toLocaleString('en'),
    t: t.toPrecision(4),
    loss: loss.toPrecision(4),
    n: n.toLocaleString('en'),
  });
}

/** The picture of this moment as a PNG. */
export async function png(page: Page, size: Size, axes: boolean): Promise<Blob> {
  const painter = openPainter(page, size);
  try {
    await painter.draw(axes);
    const blob = await new Promise<Blob | null>((resolve) => painter.sheet.toBlob(resolve, 'image/png'));
    if (!blob)
      throw new Error(
        say('this browser could not write {width} × {height} pixels: choose a smaller picture', {
          width: size.width,
          height: size.height,
        }),
      );
    return blob;
  } finally {
    painter.destroy();
  }
}
