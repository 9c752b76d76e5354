/**
 * `npm run classroom`: the built page over https on the local network, its address as text and as a QR code
 * that a camera reads.
 */
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { get, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder, TYPESCRIPT } from '../support/cli.ts';
import { attacked, request, said, serving, type Server } from '../support/browser/server.ts';

const PROGRAM = 'src/cli/site/classroom.ts';
/** A name that no network here knows. */
const GIVEN = 'lecture.example';
const cache = folder();
const env = { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: cache };
let server: Server;

beforeAll(async () => {
  server = await serving(PROGRAM, env, ['--name', GIVEN]);
});
afterAll(() => void server.process.kill('SIGKILL'));

const addresses = (): string[] => [...server.output.matchAll(/https:\/\/[^\s]+/g)].map(([address]) => address);

function fetched(address: string): Promise<{ status: number; body: string }> {
  const trusting: RequestOptions = { rejectUnauthorized: false };
  return new Promise((resolve, reject) =>
    get(address, trusting, (response) => {
      let body = '';
      response
        .setEncoding('utf8')
        .on('data', (text: string) => (body += text))
        .on('end', () => resolve({ status: response.statusCode!, body }));
    }).on('error', reject),
  );
}

/** The printed code as a picture: two rows of eight pixels a half block, dark where nothing is printed. */
function photographed(): { width: number; height: number; data: Uint8Array } {
  const lines = server.output
    .split('\n')
    .filter((line) => /^ {2}█{4}/.test(line))
    .map((line) => line.slice(2));
  const scale = 8;
  const width = scale * lines[0].length;
  const height = scale * 2 * lines.length;
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = Math.floor(y / scale);
      const sign = lines[row >> 1][Math.floor(x / scale)];
      const light = sign === '█' || sign === (row % 2 === 0 ? '▀' : '▄');
      data.set([...Array<number>(3).fill(light ? 255 : 0), 255], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

it('names every address of this machine on a network, and one as a QR code', () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((face) => face && !face.internal && face.family === 'IPv4')
    .map((face) => face!.address);
  const named = addresses().map((address) => new URL(address).hostname);
  expect(named).toEqual(expect.arrayContaining(outside));
  expect(server.output).toMatch(/accepts it once/);
  expect(decodeQR(photographed())).toBe(addresses().find((address) => address.includes(GIVEN)));
});

it('serves the page over https at each of them, scripts included', async () => {
  for (const address of addresses().filter((one) => !one.includes(GIVEN))) {
    const { status, body } = await fetched(address);
    expect([status, body.includes('<h1>mckean</h1>')]).toEqual([200, true]);
    const script = await fetched(new URL(/src="([^"]+)"/.exec(body)![1], address).href);
    expect([script.status, script.body.length > 10_000]).toEqual([200, true]);
  }
});

it('answers with the files of the page, to who knows a name of it, and refuses all else', async () => {
  const address = addresses().find((one) => !one.includes(GIVEN))!;
  expect(await attacked(address)).toEqual([]);
  expect((await said(new URL(address), request('/', GIVEN))).status).toBe(200);
});

it('has a certificate for each address that it names, whose key its user alone reads', () => {
  const path = spawnSync('find', [cache, '-name', 'classroom.json'], { encoding: 'utf8' }).stdout.trim();
  const { cert } = JSON.parse(readFileSync(path, 'utf8')) as { cert: string };
  const known = new X509Certificate(cert);
  for (const { hostname } of addresses().map((address) => new URL(address)))
    expect(isIP(hostname) ? known.checkIP(hostname) : known.checkHost(hostname)).toBeDefined();
  expect(known.checkHost(GIVEN)).toBeDefined();
  expect(known.checkHost('evil.example')).toBeUndefined();
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('a wrong port and an unknown flag are refused in one line', () => {
  for (const [flags, reason] of [
    [['--port', '0.5'], /--port: "0\.5" is not valid, give a whole number/],
    [['--prot', '1'], /--prot/],
    [['--name', 'a/b'], /--name a\/b: give a name/],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, PROGRAM, ...flags], {
      encoding: 'utf8',
    });
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toMatch(reason);
  }
});

it('Ctrl-C ends it with status 0', async () => {
  const ended = new Promise((resolve) => server.process.removeAllListeners('exit').on('exit', resolve));
  server.process.kill('SIGINT');
  expect(await ended).toBe(0);
});
