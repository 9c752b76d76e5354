/**
 * Pictures of the cloud of one run, from neurons in one buffer and in several, and of one sample by every view
 * of arrays; tests/page/cloud.test.ts compares them.
 */
import { stretched } from '../../../src/app/cloud/stretch.ts';
import type { Problem } from '../../../src/engines/engine.ts';
import { createWebGpuEngine } from '../../../src/engines/webgpu/opening/open.ts';
import { openDevice } from '../../../src/gpu/device.ts';
import { Camera } from '../../../src/views/cloud/camera.ts';
import { CloudCanvas } from '../../../src/views/cloud/canvas.ts';
import { CloudPainter } from '../../../src/views/cloud/painter.ts';
import { CloudFrame } from '../../../src/views/cloud/frame.ts';
import { CloudWebGpu } from '../../../src/views/cloud/webgpu/view.ts';
import { CloudWorker } from '../../../src/views/cloud/worker.ts';
import { draw, problemOf } from '../problems.ts';
import type { StretchName } from '../../../src/experiments/preset.ts';
import type {
  ArraySource,
  Axes,
  CloudColour,
  CloudOptions,
  CloudView,
  GpuSource,
} from '../../../src/views/cloud/cloud.ts';

const gpu = await openDevice(navigator.gpu);
if (!gpu) throw new Error('this browser has no WebGPU adapter');
const context = gpu;
const [width, height] = [320, 240];

export interface Picture {
  readonly drawn: number;
  readonly pixels: number[];
}

export interface Clouds {
  /**
   * RGBA of what is seen of n neurons in buffers of that many bytes; of the first so many buffers only, if
   * asked for.
   */
  picture(colour: CloudColour, mostBytes: number, only?: number): Promise<Picture>;
  /** RGBA of a later state, after so many pictures of one before it; `still`: when nothing moves any more. */
  later(colour: CloudColour, before: number, still: boolean): Promise<number[]>;
  /** RGBA from the GPU of neurons that are drawn farther out, and of others that lie there. */
  farther(by: StretchName): Promise<{ drawn: number[]; lying: number[] }>;
  /** RGBA of what is seen, or of what the splats of WebGL give, whatever draws here. */
  seen(view: 'worker' | 'canvas' | 'splats', colour: CloudColour, seed?: number): Promise<number[]>;
}

declare global {
  var clouds: Clouds;
}

async function picture(colour: CloudColour, mostBytes: number, only = Infinity): Promise<Picture> {
  const problem = problemOf(draw({ n: 4097, m: 20, d: 2 }, 1));
  const engine = await createWebGpuEngine(context, problem, { mostBytes, recordSpeed: true });
  await engine.advance(2);
  const cloud = engine.cloud();
  const source: GpuSource = { ...cloud, parts: cloud.parts.slice(0, only) };
  const canvas = document.createElement('canvas');
  const view = new CloudWebGpu(canvas, context);
  const camera = new Camera();
  document.body.replaceChildren(canvas);
  camera.setScale(2);
  view.resize(width, height, 1);
  view.setSource(source);
  await view.ready({ theme: 'dark', colour, axes: [1, 2, 0] });
  for (let frame = 0; frame < 3; frame++) view.draw(camera, { theme: 'dark', colour, axes: [1, 2, 0] });
  const copy = new OffscreenCanvas(width, height).getContext('2d')!;
  copy.drawImage(canvas, 0, 0);
  const found = { drawn: view.drawn, pixels: [...copy.getImageData(0, 0, width, height).data] };
  view.destroy();
  engine.destroy();
  return found;
}

async function later(colour: CloudColour, before: number, still: boolean): Promise<number[]> {
  const engine = await createWebGpuEngine(context, problemOf(draw({ n: 4097, m: 20, d: 2 }, 1)), {
    recordSpeed: true,
  });
  await engine.advance(1);
  const canvas = document.createElement('canvas');
  const view = new CloudWebGpu(canvas, context);
  const camera = new Camera();
  const options: CloudOptions = { theme: 'dark', colour, axes: [1, 2, 0] };
  document.body.replaceChildren(canvas);
  camera.setScale(2);
  view.resize(width, height, 1);
  view.setSource(engine.cloud());
  await view.ready(options);
  for (let frame = 0; frame < before; frame++) view.draw(camera, options);
  await engine.restore(
    (await engine.theta()).map((value) => value / 10),
    1,
  ); // much denser
  await engine.advance(1);
  view.draw(camera, { ...options, still });
  const pixels = pixelsOf(canvas);
  view.destroy();
  engine.destroy();
  return pixels;
}

/** How much farther a neuron (w1, x, y) is drawn on the plane (x, w1). */
const FARTHER: Record<StretchName, (w1: number, x: number, y: number) => number> = {
  none: () => 1,
  w1: (w1) => Math.abs(w1),
  w0: (w1, x, y) => Math.hypot(x, y) / Math.hypot(x, w1),
};

async function farther(by: StretchName): Promise<{ drawn: number[]; lying: number[] }> {
  const problem = problemOf(draw({ n: 4097, m: 20, d: 2 }, 1));
  const moved = problem.theta.slice();
  for (let row = 0; row < moved.length; row += 3) {
    const [w1, x, y] = moved.subarray(row, row + 3);
    const factor = FARTHER[by](w1, x, y);
    moved[row] *= factor;
    moved[row + 1] *= factor;
  }
  const axes = [1, 0, -1] as const; // of w0 they show a part
  return {
    drawn: await still(problem, stretched(axes, by, problem)),
    lying: await still({ ...problem, theta: moved }, axes),
  };
}

async function still(problem: Problem, axes: Axes): Promise<number[]> {
  const engine = await createWebGpuEngine(context, problem);
  const canvas = document.createElement('canvas');
  const view = new CloudWebGpu(canvas, context);
  const camera = new Camera();
  const options: CloudOptions = { theme: 'dark', colour: 'sign', axes, still: true };
  document.body.replaceChildren(canvas);
  camera.setScale(2);
  view.resize(width, height, 1);
  view.setSource(engine.cloud());
  await view.ready(options);
  view.draw(camera, options);
  const pixels = pixelsOf(canvas);
  view.destroy();
  engine.destroy();
  return pixels;
}

/** Some thousand particles, and how fast they are. */
function sourceOf(seed: number): ArraySource {
  const { theta, n, d } = problemOf(draw({ n: 4097, m: 20, d: 2 }, seed));
  return {
    theta: Float32Array.from(theta),
    speed: Float32Array.from({ length: n }, (_, j) => Math.exp(theta[(1 + d) * j])),
    n,
    d,
  };
}

function pixelsOf(image: CanvasImageSource): number[] {
  const copy = new OffscreenCanvas(width, height).getContext('2d')!;
  copy.drawImage(image, 0, 0);
  return [...copy.getImageData(0, 0, width, height).data];
}

/** Of one colour, which is the ground's, or none. */
const isBlank = (pixels: readonly number[]): boolean => pixels.every((value, i) => value === pixels[i % 4]);

async function seen(view: 'worker' | 'canvas' | 'splats', colour: CloudColour, seed = 1): Promise<number[]> {
  const options: CloudOptions = { theme: 'dark', colour, axes: [1, 2, 0] };
  const camera = new Camera();
  const source = sourceOf(seed);
  camera.setScale(2);
  if (view === 'splats') {
    const canvas = new OffscreenCanvas(1, 1);
    const painter = new CloudPainter(canvas, false);
    painter.resize({ width, height, dpr: 1 });
    painter.setSource(source);
    painter.draw({ matrix: camera.matrix(width / height), options });
    return pixelsOf(await createImageBitmap(canvas));
  }
  const host = document.createElement('div');
  const make = (canvas: HTMLCanvasElement): CloudView<ArraySource> =>
    view === 'worker'
      ? new CloudWorker(canvas, () => console.error('no WebGL in a worker'))
      : new CloudCanvas(canvas);
  Object.assign(host.style, { width: `${width}px`, height: `${height}px` });
  document.body.replaceChildren(host);
  const stage = new CloudFrame<ArraySource>(
    host,
    camera,
    { ...options, labels: ['', '', ''], showAxes: false, description: 'a cloud' },
    make,
  );
  stage.setSource(source);
  await stage.view.ready?.(options);
  let pixels = pixelsOf(stage.snapshot()!);
  while (stage.view.drawn === 0 || isBlank(pixels)) {
    await new Promise(requestAnimationFrame); // what is drawn elsewhere is seen frames later
    pixels = pixelsOf(stage.snapshot()!);
  }
  stage.destroy();
  return pixels;
}

globalThis.clouds = { picture, later, farther, seen };
