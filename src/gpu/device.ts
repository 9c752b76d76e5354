/** A WebGPU device with the limits that its adapter allows, one view of its failures, and its name in words. */
import { Watchdog, within } from './watchdog.ts';

/** The device is gone: reset, driver update, another page's crash, or destroyed. */
export class GpuLost extends Error {
  override readonly name = 'GpuLost';
}

/** The device does not answer: it is given up, and not to be asked for again. */
export class GpuHung extends GpuLost {}

/** WebGPU reported an error that nobody expected: results after it cannot be trusted. */
export class GpuFault extends Error {
  override readonly name = 'GpuFault';
}

/** Limits worth raising above WebGPU's defaults, to what the adapter has. */
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|warp|basic render/i;
/**
 * A loss is announced after the calls that it breaks: a moment, or a second on a busy machine. A device that
 * fails calls and then is not lost within this time is at fault itself.
 */
const LOSS_NOTICE_MS = 5000;
/**
 * Seconds that a browser may take to name an adapter, and to open its device; and what a device may take for what it is
 * asked, by whether it is hardware: work comes in submits of a fraction of a second, a compiler takes its time.
 */
const ADAPTER = 5;
const DEVICE = 10;
const PATIENCE = { work: { hardware: 10, software: 60 }, compiler: { hardware: 60, software: 300 } } as const;

export class GpuContext {
  readonly device: GPUDevice;
  /** Held as long as its device is: Dawn may end a process in which an adapter is garbage-collected before. */
  readonly source: GPUAdapter;
  /** e.g. "google swiftshader (software)". */
  readonly adapter: string;
  /** No GPU computes: a software adapter. */
  readonly software: boolean;
  /** What else the adapter says of itself, its driver's version where that is known; may be empty. */
  readonly driver: string;
  private failure: Error | null = null;
  private readonly waiting = new Set<(reason: Error) => void>();
  private readonly watchdog = new Watchdog();

  constructor(adapter: GPUAdapter, device: GPUDevice) {
    this.device = device;
    this.source = adapter;
    this.software = isSoftware(adapter.info);
    this.adapter = describe(adapter.info, this.software);
    this.driver = [adapter.info.device, adapter.info.description].filter((part) => part !== '').join(' ');
    void device.lost.then(({ reason, message }) => {
      const cause = message === '' ? reason : `${reason}: ${message}`;
      this.fail(new GpuLost(`the GPU device is lost (${cause})`));
    });
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault(); // it is reported, by every later call that is guarded
      this.fail(new GpuFault(`the GPU reported an error on ${this.adapter}: ${event.error.message}`));
    });
  }

  /**
   * The first thing that went wrong with the device, after which nothing it computes counts; null while all is
   * well.
   */
  get failed(): Error | null {
    return this.failure;
  }

  /** A buffer. Where a browser throws for one, as it does for 64 bytes of a device that is gone, the device is taken for lost. */
  createBuffer(of: GPUBufferDescriptor): GPUBuffer {
    try {
      return this.device.createBuffer(of);
    } catch (error) {
      this.fail(new GpuLost(`the GPU device is lost (it gives no buffer: ${(error as Error).message})`));
      this.device.destroy();
      throw this.failure!;
    }
  }

  /**
   * `work`, but it settles when the device fails, and then always with the failure. What may come from a loss
   * that is not announced yet waits for it; a device that does not answer has failed.
   */
  guard<T>(work: Promise<T>, asked: keyof typeof PATIENCE = 'work'): Promise<T> {
    if (this.failure) {
      work.catch(() => undefined);
      return Promise.reject(this.failure);
    }
    return new Promise<T>((resolve, reject) => {
      let patience: ReturnType<typeof setTimeout> | undefined;
      const seconds = PATIENCE[asked][this.software ? 'software' : 'hardware'];
      const answered = this.watchdog.watch(seconds, () => this.giveUp(seconds));
      const settle = (end: () => void): void => {
        this.waiting.delete(fail);
        answered();
        clearTimeout(patience);
        end();
      };
      const fail = (reason: Error): void => settle(() => reject(reason));
      this.waiting.add(fail);
      work.then(
        (value) => settle(() => (this.failure ? reject(this.failure) : resolve(value))),
        (error: unknown) => {
          const reason = error instanceof Error ? error : new Error(String(error));
          answered();
          if (this.failure || !mayBeLoss(reason)) return fail(this.failure ?? reason);
          patience = setTimeout(() => this.notLost(reason, fail), LOSS_NOTICE_MS);
        },
      );
    });
  }

  /** A driver may refuse one shader and be well; a device that fails at anything else is not to be used again. */
  private notLost(reason: Error, fail: (reason: Error) => void): void {
    if (reason.name === PIPELINE) return fail(reason);
    this.fail(new GpuFault(`the GPU failed a call on ${this.adapter}, and is not lost: ${reason.message}`));
  }

  private giveUp(seconds: number): void {
    this.fail(new GpuHung(`the GPU has not answered for ${seconds} s`));
    this.device.destroy();
  }

  private fail(reason: Error): void {
    this.failure ??= reason;
    for (const fail of this.waiting) fail(this.failure);
  }
}

const PIPELINE = 'GPUPipelineError';

/**
 * Does WebGPU reject so where a device dies under the call? What it refuses as not valid, it refuses in good
 * health.
 */
function mayBeLoss(error: Error): boolean {
  if (error.name === PIPELINE) return 'reason' in error && error.reason === 'internal';
  return ['AbortError', 'OperationError', 'InvalidStateError'].includes(error.name);
}

/**
 * A device of the best adapter there is, or null where there is none. `limits` replaces limits, for instance by
 * lower ones. Rejects with LateError where the browser does not answer.
 */
export async function openDevice(gpu: GPU, limits: Record<string, number> = {}): Promise<GpuContext | null> {
  const adapter = await within(
    bestAdapter(gpu),
    ADAPTER,
    `the browser did not name a WebGPU adapter within ${ADAPTER} s`,
  );
  if (!adapter) return null;
  const requiredLimits: Record<string, number> = {};
  for (const name of WANTED_LIMITS) requiredLimits[name] = adapter.limits[name];
  const device = await within(
    adapter.requestDevice({ requiredLimits: { ...requiredLimits, ...limits } }),
    DEVICE,
    `the WebGPU adapter did not open its device within ${DEVICE} s`,
    (late) => late.destroy(),
  );
  return new GpuContext(adapter, device);
}

const bestAdapter = async (gpu: GPU): Promise<GPUAdapter | null> =>
  (await gpu.requestAdapter({ powerPreference: 'high-performance' })) ?? gpu.requestAdapter();

function isSoftware(info: GPUAdapterInfo): boolean {
  const names = [info.vendor, info.architecture, info.device, info.description].join(' ');
  return info.isFallbackAdapter || SOFTWARE.test(names);
}

function describe(info: GPUAdapterInfo, software: boolean): string {
  const named = [info.vendor, info.architecture || info.device].filter((part) => part !== '').join(' ');
  const name = named === '' ? info.description || 'unnamed adapter' : named;
  return software ? `${name} (software)` : name;
}
