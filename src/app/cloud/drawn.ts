/** The best view of the cloud that this machine has, for whichever engine runs. */
import type { Engine } from '../../engines/engine.ts';
import type { Camera } from '../../views/cloud/camera.ts';
import { CloudCanvas } from '../../views/cloud/canvas.ts';
import type { ArraySource, GpuSource } from '../../views/cloud/cloud.ts';
import { CloudFrame, type CloudFrameOptions } from '../../views/cloud/frame.ts';
import { CloudWebGpu } from '../../views/cloud/webgpu/view.ts';
import { CloudWorker } from '../../views/cloud/worker.ts';

/** What draws, in words for people. */
export type Renderer = 'WebGPU' | 'WebGL' | '2-D canvas';

/** A view at work: from the GPU's own buffers, or fed with copies. */
export type Drawn = { readonly renderer: Renderer } & (
  | { readonly on: 'gpu'; readonly frame: CloudFrame<GpuSource> }
  | { readonly on: 'cpu'; readonly frame: CloudFrame<ArraySource>; readonly engine: Engine }
);

/** Where and how it draws. */
export interface CloudPlace {
  readonly host: HTMLElement;
  readonly camera: Camera;
  readonly options: CloudFrameOptions;
}

/** `lost` is called where WebGL cannot draw, or no longer can: `drawPlainly` does. */
export function drawn(engine: Engine, { host, camera, options }: CloudPlace, lost: () => void): Drawn {
  const place = <S>(create: ConstructorParameters<typeof CloudFrame<S>>[3]): CloudFrame<S> =>
    new CloudFrame<S>(host, camera, options, create);
  if (engine.onGpu) {
    const cloud = engine.onGpu.cloud();
    const frame = place<GpuSource>(
      (canvas) => new CloudWebGpu(canvas, cloud.gpu, { software: engine.info.software }),
    );
    frame.setSource(cloud);
    return { renderer: 'WebGPU', on: 'gpu', frame };
  }
  try {
    const frame = place<ArraySource>((canvas) => new CloudWorker(canvas, lost));
    return { renderer: 'WebGL', on: 'cpu', frame, engine };
  } catch {
    return drawnPlainly(engine, { host, camera, options });
  }
}

export function drawnPlainly(engine: Engine, { host, camera, options }: CloudPlace): Drawn {
  const frame = new CloudFrame<ArraySource>(host, camera, options, (canvas) => new CloudCanvas(canvas));
  return { renderer: '2-D canvas', on: 'cpu', frame, engine };
}
