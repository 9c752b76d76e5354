/**
 * The pipelines of the cloud's picture on a device: compiled without blocking when one is first needed, and
 * kept with the device.
 */
import { computeSource, toneSource } from './wgsl.ts';

const COMPUTE_LAYOUT: readonly GPUBindGroupLayoutEntry[] = [
  { binding: 0, visibility: 4, buffer: { type: 'uniform' } },
  { binding: 1, visibility: 4, buffer: { type: 'read-only-storage' } },
  { binding: 2, visibility: 4, buffer: { type: 'read-only-storage' } },
  { binding: 3, visibility: 4, buffer: { type: 'storage' } },
  { binding: 4, visibility: 4, buffer: { type: 'storage' } },
  { binding: 5, visibility: 4, buffer: { type: 'storage' } },
  { binding: 6, visibility: 4, storageTexture: { access: 'write-only', format: 'rgba16float' } },
];
const TONE_LAYOUT: readonly GPUBindGroupLayoutEntry[] = [
  { binding: 0, visibility: 2, buffer: { type: 'uniform' } },
  { binding: 1, visibility: 2, buffer: { type: 'read-only-storage' } },
  { binding: 2, visibility: 2, buffer: { type: 'read-only-storage' } },
  { binding: 3, visibility: 2, texture: {} },
  { binding: 4, visibility: 2, texture: {} },
  { binding: 5, visibility: 2, sampler: {} },
];

type Pass = 'project' | 'reduce' | 'blur' | 'expose';

/** What one picture takes. */
export interface PicturePipelines extends Readonly<Record<Pass, GPUComputePipeline>> {
  readonly tone: GPURenderPipeline;
}

/** How particles are put on pixels: as discs or as points; with their speed or without. */
export interface Projection {
  readonly discs: boolean;
  readonly bySpeed: boolean;
}

const kept = new WeakMap<GPUDevice, CloudPipelines>();

export class CloudPipelines {
  readonly computeLayout: GPUBindGroupLayout;
  readonly toneLayout: GPUBindGroupLayout;
  private readonly compute: (
    entryPoint: Pass,
    constants?: Record<string, number>,
  ) => Promise<GPUComputePipeline>;
  private shared: Promise<Omit<PicturePipelines, 'project'>> | null = null;
  private readonly made = new Map<string, PicturePipelines | Promise<PicturePipelines>>();

  private constructor(private readonly device: GPUDevice) {
    this.computeLayout = device.createBindGroupLayout({ label: 'cloud compute', entries: COMPUTE_LAYOUT });
    this.toneLayout = device.createBindGroupLayout({ label: 'cloud tone', entries: TONE_LAYOUT });
    const layout = device.createPipelineLayout({ bindGroupLayouts: [this.computeLayout] });
    const module = device.createShaderModule({ label: 'cloud compute', code: computeSource });
    this.compute = (entryPoint, constants = {}) =>
      device.createComputePipelineAsync({
        label: `cloud ${entryPoint}`,
        layout,
        compute: { module, entryPoint, constants },
      });
  }

  static of(device: GPUDevice): CloudPipelines {
    const pipelines = kept.get(device) ?? new CloudPipelines(device);
    kept.set(device, pipelines);
    return pipelines;
  }

  /** Null until `prepare` is done. */
  get(projection: Projection): PicturePipelines | null {
    const found = this.made.get(JSON.stringify(projection));
    return found === undefined || found instanceof Promise ? null : found;
  }

  /** Compiles what a picture takes. */
  async prepare(projection: Projection): Promise<PicturePipelines> {
    const key = JSON.stringify(projection);
    const made = this.made.get(key) ?? this.make(projection);
    this.made.set(key, made);
    const pipelines = await made;
    this.made.set(key, pipelines);
    return pipelines;
  }

  private async make({ discs, bySpeed }: Projection): Promise<PicturePipelines> {
    this.shared ??= this.makeShared();
    const project = this.compute('project', { discs: Number(discs), by_speed: Number(bySpeed) });
    return { ...(await this.shared), project: await project };
  }

  private async makeShared(): Promise<Omit<PicturePipelines, 'project'>> {
    const { device } = this;
    const module = device.createShaderModule({ label: 'cloud tone', code: toneSource });
    const tone = device.createRenderPipelineAsync({
      label: 'cloud tone',
      layout: device.createPipelineLayout({ bindGroupLayouts: [this.toneLayout] }),
      vertex: { module, entryPoint: 'cover' },
      fragment: { module, entryPoint: 'tone', targets: [{ format: navigator.gpu.getPreferredCanvasFormat() }] },
    });
    const [reduce, blur, expose] = await Promise.all([
      this.compute('reduce'),
      this.compute('blur'),
      this.compute('expose'),
    ]);
    return { reduce, blur, expose, tone: await tone };
  }
}
