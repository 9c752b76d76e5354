/** What pictures measure for those after them, on the GPU; of that the range of speeds is read for the legend. */
import { Exposure } from '../../../../shaders/draw/bindings.ts';
import { BINS } from '../../../../shaders/draw/look.ts';
import { bytesOf } from '../../../gpu/layout.ts';

const MEASURE_EVERY_MS = 500;

export class CloudExposure {
  speedRange: readonly [number, number] | null = null;
  readonly exposure: GPUBuffer;
  /** Histograms of a picture. */
  readonly densities: GPUBuffer;
  readonly speeds: GPUBuffer;
  private readonly reading: GPUBuffer;
  private measured = -Infinity;

  constructor(private readonly device: GPUDevice) {
    const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const buffer = (label: string, size: number, usage: number): GPUBuffer =>
      device.createBuffer({ label: `cloud ${label}`, size, usage });
    this.exposure = buffer('exposure', Exposure.size, storage | GPUBufferUsage.COPY_SRC);
    this.densities = buffer('densities', bytesOf('u32', BINS), storage);
    this.speeds = buffer('speeds', bytesOf('u32', BINS), storage);
    this.reading = buffer('reading', Exposure.size, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  /** Starts afresh, instead of fading over from another picture. */
  restart(): void {
    for (const buffer of [this.exposure, this.densities, this.speeds])
      this.device.queue.writeBuffer(buffer, 0, new Uint8Array(buffer.size));
  }

  /** Puts a copy behind the picture, where it is time for one; what it returns is called once that is submitted. */
  measure(encoder: GPUCommandEncoder): () => void {
    const now = performance.now();
    const due = this.reading.mapState === 'unmapped' && now - this.measured >= MEASURE_EVERY_MS;
    if (!due) return () => undefined;
    this.measured = now;
    encoder.copyBufferToBuffer(this.exposure, 0, this.reading, 0, Exposure.size);
    return () => void this.read();
  }

  destroy(): void {
    for (const buffer of [this.exposure, this.densities, this.speeds, this.reading]) buffer.destroy();
  }

  private async read(): Promise<void> {
    try {
      await this.reading.mapAsync(GPUMapMode.READ);
      const view = new DataView(this.reading.getMappedRange());
      const { speed_low, speed_high } = Exposure.offsets;
      const [low, high] = [speed_low, speed_high].map((at) => view.getFloat32(at, true));
      this.reading.unmap();
      if (high > 0) this.speedRange = [low, high];
    } catch {
      // The device went away or the view was destroyed: the legend keeps its last numbers.
    }
  }
}
