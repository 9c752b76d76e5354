/** What the page asks of the machine, counted: devices, pipelines, bytes. How long a frame takes: bench/frame. */
import { expect, it } from 'vitest';
import { launch } from '../support/browser/browser.ts';
import { siteOf } from '../support/browser/fixtures.ts';
import { openTab } from '../support/browser/site.ts';

const site = siteOf();

it('the page opens one device for all engines that it tries and runs, and compiles no shader twice', async () => {
  const browser = await launch('webgpu');
  try {
    const { page } = await openTab(browser, site.address, async (fresh) => {
      await fresh.evaluateOnNewDocument(`
      globalThis.devices = 0; globalThis.compiled = [];
      const { requestDevice } = GPUAdapter.prototype, { createComputePipelineAsync } = GPUDevice.prototype;
      GPUAdapter.prototype.requestDevice = function (...given) { devices++; return requestDevice.apply(this, given); };
      GPUDevice.prototype.createComputePipelineAsync = function (given) { compiled.push(given.label); return createComputePipelineAsync.call(this, given); };`);
    });
    await page.evaluate(() => mckean.configure({ initial: { seed: 2 } }));
    expect(await page.evaluate('devices')).toBe(1);
    const compiled = (await page.evaluate('compiled')) as string[];
    expect(compiled.length).toBeGreaterThan(3);
    expect(compiled.filter((label, i) => compiled.indexOf(label) !== i)).toEqual([]);
  } finally {
    await browser.close();
  }
});

/** Counts pictures of the cloud, and bytes that the page gives its worker for them. Text: tools rename functions. */
const COUNT_BYTES = `
  globalThis.bytes = globalThis.pictures = 0;
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      super(url, options);
      this.draws = /worker-web/.test(url);
    }
    postMessage(order, transfer) {
      if (this.draws && order.source) {
        pictures++;
        bytes += transfer.reduce((sum, { byteLength }) => sum + (byteLength ?? 0), 0);
      }
      super.postMessage(order, transfer);
    }
  };`;

it('of 2^20 neurons a picture in a worker is given 2^16 at most, with their speeds: 1 MB, not 17', async () => {
  const browser = await launch('webgl');
  try {
    const { page } = await openTab(browser, `${site.address}#preset=tanh-curve&model.width=1048576`, (fresh) =>
      fresh.evaluateOnNewDocument(COUNT_BYTES).then(() => undefined),
    );
    await page.waitForFunction('pictures >= 3');
    expect(await page.evaluate(() => mckean.metrics())).toMatchObject({ n: 2 ** 20, engine: 'cpu' });
    expect(await page.evaluate('bytes / pictures')).toBe(2 ** 16 * (3 + 1) * 4);
  } finally {
    await browser.close();
  }
});
