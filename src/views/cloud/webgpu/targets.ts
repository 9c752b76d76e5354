/** What a picture is made in: everything whose size follows the canvas. */
import { HALO_FORMAT } from '../../../../shaders/draw/bindings.ts';
import { CELL } from '../../../../shaders/draw/look.ts';
import { bytesOf } from '../../../gpu/layout.ts';

export class Targets {
  /** Cells. */
  readonly across: number;
  readonly down: number;
  readonly pixels: GPUBuffer;
  readonly cells: GPUBuffer;
  readonly halo: GPUTexture;

  constructor(
    device: GPUDevice,
    readonly width: number,
    readonly height: number,
  ) {
    this.across = Math.ceil(width / CELL);
    this.down = Math.ceil(height / CELL);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    this.pixels = device.createBuffer({ label: 'cloud pixels', size: bytesOf('vec2u', width * height), usage });
    this.cells = device.createBuffer({
      label: 'cloud cells',
      size: bytesOf('vec2f', this.across * this.down),
      usage,
    });
    this.halo = device.createTexture({
      label: 'cloud halo',
      size: [this.across, this.down],
      format: HALO_FORMAT,
      usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.TEXTURE_BINDING,
    });
  }

  destroy(): void {
    for (const resource of [this.pixels, this.cells, this.halo]) resource.destroy();
  }
}

/** Most pixels that a device holds the histogram of. */
export const mostPixels = ({ limits }: GPUDevice): number =>
  limits.maxStorageBufferBindingSize / bytesOf('vec2u', 1);
