/**
 * Faults of a browser's driver and workers, as text that runs before the page does (tools rename functions). Where
 * something never answers, the page's patience goes by at once: a second is a hundredth of one until workers come.
 */

/** What waits for it does not wait for long; workers, which compute in its place, have their time again. */
const NEVER = `
  const { setTimeout: later, Worker: Working } = globalThis;
  globalThis.Worker = class extends Working {
    constructor(...given) { super(...given); globalThis.setTimeout = later; }
  };
  const never = () => {
    globalThis.setTimeout = (work, wait = 0, ...given) => later(work, wait >= 1000 ? wait / 100 : wait, ...given);
    return new Promise(() => undefined);
  };`;

/** What a page of ours meets, by name. */
export const FAULTS = {
  'an adapter that is never named': `${NEVER}
    GPU.prototype.requestAdapter = never;`,
  'a device that is never granted': `${NEVER}
    GPUAdapter.prototype.requestDevice = never;`,
  'an adapter that is refused': `GPU.prototype.requestAdapter = () => Promise.reject(new Error('refused'));`,
  'devices that are lost as they come': `
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (...given) {
      const device = await requestDevice.apply(this, given);
      device.destroy();
      return device;
    };`,
  'devices that are lost as they compile': `
    const { createComputePipelineAsync } = GPUDevice.prototype;
    GPUDevice.prototype.createComputePipelineAsync = function (...given) {
      const made = createComputePipelineAsync.apply(this, given);
      this.destroy();
      return made;
    };`,
  'buffers that the browser refuses': `
    GPUDevice.prototype.createBuffer = () => {
      throw new RangeError('createBuffer failed, size (64) is too large for the implementation');
    };`,
  'work that never ends': `${NEVER}
    GPUQueue.prototype.onSubmittedWorkDone = never;`,
  'no memory but for a few neurons': `
    const { pushErrorScope, popErrorScope, createBuffer } = GPUDevice.prototype;
    let most = NaN; // of a buffer, while a scope for memory is open
    GPUDevice.prototype.pushErrorScope = function (kind) { most = 0; pushErrorScope.call(this, kind); };
    GPUDevice.prototype.createBuffer = function (given) { most = Math.max(most, given.size); return createBuffer.call(this, given); };
    GPUDevice.prototype.popErrorScope = async function () {
      const tooMuch = most > 2 ** 17;
      most = NaN;
      const error = await popErrorScope.call(this);
      return tooMuch ? new GPUOutOfMemoryError('injected') : error;
    };`,
  /** spoil(how): of those that compute by then, none answers any more, or each says that it has failed. `spoilt` counts them. */
  'workers that can be spoilt': `
    const there = new Set();
    globalThis.spoilt = 0;
    globalThis.Worker = class extends Worker {
      constructor(url, given) { super(url, given); if (/\\/web-[^/]*$/.test(String(url))) there.add(this); }
      terminate() { there.delete(this); super.terminate(); }
    };
    globalThis.spoil = (how) => {
      for (const worker of there) {
        spoilt++;
        if (how === 'end') Worker.prototype.terminate.call(worker);
        else if (how === 'throw') worker.dispatchEvent(new ErrorEvent('error', { message: 'injected' }));
        else worker.postMessage = () => undefined; // as one that is at something for ever
      }
    };`,
  'workers that do not start': `
    globalThis.Worker = class { constructor() { throw new DOMException('not here', 'SecurityError'); } };`,
} as const;

export type Fault = keyof typeof FAULTS;

/** Keeps the devices that the page is given, in their order: devices. */
export const KEEP_DEVICES = `
  globalThis.devices = [];
  const { requestDevice: request } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await request.apply(this, given);
    devices.push(device);
    return device;
  };`;

/**
 * Counts buffers that are made and destroyed, alive(): not those that reads are staged through, whose number follows
 * how many wait at once (tests/gpu/passes.test.ts bounds it).
 */
export const COUNT_BUFFERS = `
  const counted = new Set();
  globalThis.alive = () => counted.size;
  const make = GPUDevice.prototype.createBuffer, end = GPUBuffer.prototype.destroy;
  GPUDevice.prototype.createBuffer = function (given) {
    const made = make.call(this, given);
    if (given.label !== 'staging') counted.add(made);
    return made;
  };
  GPUBuffer.prototype.destroy = function () { counted.delete(this); end.call(this); };`;

/** Counts what the page holds, held(): GPU buffers, devices that are not lost, workers, elements. lose() takes its device away. */
export const COUNT_HELD = `
  const buffers = new Set(), devices = new Set(), workers = new Set();
  let latest = null;
  globalThis.held = () => ({ buffers: buffers.size, devices: devices.size, workers: workers.size, elements: document.querySelectorAll('*').length });
  globalThis.lose = () => latest.destroy();
  const { createBuffer } = GPUDevice.prototype, { destroy } = GPUBuffer.prototype, { requestDevice } = GPUAdapter.prototype;
  GPUDevice.prototype.createBuffer = function (given) {
    const made = createBuffer.call(this, given);
    if (given.label === 'staging') return made; // of a pool, as above
    buffers.add(made);
    void this.lost.then(() => buffers.delete(made)); // a device takes its buffers along
    return made;
  };
  GPUBuffer.prototype.destroy = function () { buffers.delete(this); destroy.call(this); };
  GPUAdapter.prototype.requestDevice = async function (...given) {
    latest = await requestDevice.apply(this, given);
    devices.add(latest);
    const own = latest;
    void own.lost.then(() => devices.delete(own));
    return latest;
  };
  globalThis.Worker = class extends Worker {
    constructor(...given) { super(...given); workers.add(this); }
    terminate() { workers.delete(this); super.terminate(); }
  };`;
