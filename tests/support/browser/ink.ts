/** What is seen of an element, once it is drawn: pictures come a frame or more after what they show. */
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer';
import { expect, vi } from 'vitest';
import { WAIT } from '../patience.ts';

/** RGBA of an element as it is seen now. */
export const pixelsOf = async (page: Page, selector: string): Promise<Buffer> =>
  PNG.sync.read(Buffer.from(await (await page.$(selector))!.screenshot())).data;

/** The same, once it stands still and `holds` is true of it. */
export async function stillOf(
  page: Page,
  selector: string,
  holds: (pixels: Buffer) => boolean = () => true,
): Promise<Buffer> {
  let before = await pixelsOf(page, selector);
  return vi.waitUntil(async () => {
    const now = await pixelsOf(page, selector);
    const still = now.equals(before);
    before = now;
    return still && holds(now) && now;
  }, WAIT) as Promise<Buffer>;
}

/** Share of the pixels of an element's screenshot that differ clearly from its most common colour. */
async function inked(page: Page, selector: string): Promise<number> {
  const data = await pixelsOf(page, selector);
  const counts = new Map<number, number>();
  const colour = (i: number): number => (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
  for (let i = 0; i < data.length; i += 4) counts.set(colour(i), (counts.get(colour(i)) ?? 0) + 1);
  const ground = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
  const distance = (c: number): number =>
    [16, 8, 0].reduce((sum, shift) => sum + Math.abs(((c >> shift) & 255) - ((ground >> shift) & 255)), 0);
  let other = 0;
  for (const [c, count] of counts) if (distance(c) > 60) other += count;
  return other / (data.length / 4);
}

/** Waits until more than so much of an element's picture is ink: a worker's picture is late. */
export const untilInked = (page: Page, selector: string, share: number): Promise<void> =>
  vi.waitFor(async () => expect(await inked(page, selector)).toBeGreaterThan(share), WAIT);
