/** Pictures of the cloud of one run, from neurons in one buffer and in several; tests/page-cloud.test.ts compares them. */
import { createWebGpuEngine } from '../../src/engines/webgpu.ts';
import { openDevice } from '../../src/gpu/device.ts';
import { Camera } from '../../src/views/camera.ts';
import { CloudWebGpu } from '../../src/views/cloud-webgpu.ts';
import { draw, problemOf } from '../problems.ts';
import type { CloudColour, GpuSource } from '../../src/views/cloud.ts';

const gpu = await openDevice(navigator.gpu);
if (!gpu) throw new Error('this browser has no WebGPU adapter');
const context = gpu, [width, height] = [320, 240];

export interface Picture {
  readonly drawn: number;
  readonly pixels: number[];
}

export interface Clouds {
  /** RGBA of what is seen of n neurons in buffers of that many bytes; of the first so many buffers only, if asked for. */
  picture(colour: CloudColour, mostBytes: number, only?: number): Promise<Picture>;
}

declare global {
  var clouds: Clouds;
}

async function picture(colour: CloudColour, mostBytes: number, only = Infinity): Promise<Picture> {
  const problem = problemOf(draw({ n: 4097, m: 20, d: 2 }, 1)), engine = await createWebGpuEngine(context, problem, { mostBytes, recordSpeed: true });
  await engine.advance(2);
  const cloud = engine.cloud(), source: GpuSource = { ...cloud, parts: cloud.parts.slice(0, only) };
  const canvas = document.createElement('canvas'), view = new CloudWebGpu(canvas, context.device), camera = new Camera();
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

globalThis.clouds = { picture };
