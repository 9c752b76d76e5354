/**
 * Point-by-point tables of what exists in float64 and in WGSL, through Dawn in Node; the same run in a browser
 * (page-laws).
 */
import { describe, it } from 'vitest';
import { openGpu } from '../support/gpu.ts';
import { TABLES } from '../support/pointwise.ts';

const gpu = await openGpu();

describe(`on ${gpu.adapter}`, () => {
  it.each(TABLES)('$title (22)', async ({ title, check }) => {
    const worst = await check(gpu.device);
    if (process.env.VERBOSE) console.log(`${title}: ${worst}`);
  });
});
