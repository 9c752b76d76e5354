/** A class together: what it sends is kept by the server of the room, counted once a tab, and told without names. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classText } from '../../../src/app/lecture/class-text.ts';
import { parseLink } from '../../../src/app/links/link.ts';
import { answer, Tally } from '../../../src/cli/site/tally.ts';

const entry = (who: string, predicted: number, measured = -0.5, chapter = 'ntk'): string =>
  JSON.stringify({ who, chapter, predicted, measured });

describe('a tally', () => {
  it('keeps one entry a tab and chapter, the latest, and tells nobody whose it is', () => {
    const tally = new Tally();
    for (const text of [entry('a', 0), entry('b', -1), entry('a', -0.4), entry('a', 0.2, 0, 'mean-field')])
      expect(tally.add(text)).toBeNull();
    expect(tally.of('ntk')).toEqual([
      { predicted: -0.4, measured: -0.5 },
      { predicted: -1, measured: -0.5 },
    ]);
    expect(tally.of('mean-field')).toEqual([{ predicted: 0.2, measured: 0 }]);
    expect(tally.of('chaos')).toEqual([]);
  });
  it.each([
    ['{', /is JSON/],
    ['null', /an object/i],
    [entry('<b>', 0), /words/],
    [entry('a'.repeat(41), 0), /1 to 40/],
    ['{"who":"a","chapter":"ntk","predicted":"1","measured":0}', /numbers/],
    [entry('a', 1e9), /from −100 to 100/],
    ['{"who":"a","chapter":"ntk","predicted":1}', /numbers/],
  ])('refuses %s, and says why', (text, why) => {
    const tally = new Tally();
    expect(tally.add(text)).toMatch(why);
    expect(tally.of('ntk')).toEqual([]);
  });
  it('is full at 1,000', () => {
    const tally = new Tally();
    for (let k = 0; k < 1000; k++) tally.add(entry(`w${k}`, 0));
    expect(tally.add(entry('late', 0))).toMatch(/1000 entries already/);
    expect(tally.add(entry('w7', -1))).toBeNull();
  });
});

describe('over http', () => {
  const tally = new Tally();
  let server: Server;
  let address: string;
  beforeAll(async () => {
    server = createServer((request, response) => void answer(tally, request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tally`;
  });
  afterAll(() => void server.close());

  it('takes an entry and tells all of a chapter; what is wrong is said', async () => {
    const post = (body: string) => fetch(address, { method: 'POST', body });
    expect(await (await post(entry('x', -0.25))).json()).toEqual({});
    const wrong = await post('{}');
    expect([wrong.status, (await wrong.json()) as object]).toEqual([
      400,
      { refused: expect.stringContaining('words') },
    ]);
    expect((await post('x'.repeat(5000))).status).toBe(413);
    const told = await fetch(`${address}?chapter=ntk`);
    expect(told.headers.get('cache-control')).toBe('no-store');
    expect(await told.json()).toEqual([{ predicted: -0.25, measured: -0.5 }]);
  });
});

it('a class is told by its middle and its ends', () => {
  const entries = [-1, 0, -0.5].map((predicted) => ({ predicted, measured: -0.49 }));
  expect(classText(entries)).toBe('3 entries. Expected: −0.5 in the middle, from −1 to 0. Measured: −0.49.');
  expect(classText([])).toMatch(/Nobody/);
  expect(classText(entries.slice(0, 1))).toBe('One entry. Expected: −1. Measured: −0.49.');
});

it('the teacher’s page leads to chapters that there are', () => {
  const text = readFileSync(new URL('../../../public/teacher.html', import.meta.url), 'utf8');
  const links = [...text.matchAll(/href="\.\/(#[^"]+)"/g)].map(([, hash]) => parseLink(hash));
  expect(links.length).toBeGreaterThan(4);
  for (const { view, notice } of links) expect([view.chapter, notice]).toEqual([expect.any(String), '']);
  const ids = [...text.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
  const inside = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(inside.sort()).toEqual(ids.sort());
});
