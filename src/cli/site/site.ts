/** The built page on an address: its files and nothing else, to who asks by a name of this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostname, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview, type Plugin, type PreviewServer } from 'vite';
import { wholeNumber } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';
import type { Certificate } from './certificate.ts';
import { answer, TALLY, type Tally } from './tally.ts';

export interface Site {
  /** 'localhost', or true: every address of this machine. */
  readonly host: 'localhost' | true;
  readonly port: number;
  /** Whether another port will do where that is taken. */
  readonly anyPort: boolean;
  /** By which it may be asked for, beside those of this machine itself. */
  readonly names: readonly string[];
  readonly open: boolean;
  readonly certificate: Certificate | null;
  /** What a class has measured, where there is one. */
  readonly tally?: Tally;
}

/** What other pages and old browsers might make of the files. Frames of other pages may show it: teachers do that. */
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** Addresses and names by which this machine is reached by itself; and from outside, where the network sees it. */
export const LOCAL = ['localhost', '127.0.0.1', '::1'] as const;
/** IPv4, as people type it. */
export const outside = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((faces) => faces ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);

export const namesHere = (): string[] => [
  ...Object.values(networkInterfaces()).flatMap((faces) => (faces ?? []).map(({ address }) => address)),
  hostname(),
  `${hostname()}.local`,
];

/** The port that --port gives. */
export const portOf = (word: string): number => wholeNumber('port', word, 1, 65_535);

/** Of a port that may not be had. */
const REFUSED = /^Port \d+ is already in use|EADDRINUSE|EADDRNOTAVAIL|EACCES/;

/** What keeps a site from being served is said in a sentence; for a port, with its remedy. */
export const served = (opened: Promise<PreviewServer>): Promise<PreviewServer> =>
  opened.catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
    if (REFUSED.test(error.message)) throw new UsageError(`${error.message}: give another --port`);
    throw 'code' in error ? new UsageError(error.message) : error;
  });

/** Builds the page into a folder that goes with this process, and serves it. */
export async function openSite({
  host,
  port,
  anyPort,
  names,
  open,
  certificate,
  tally,
}: Site): Promise<PreviewServer> {
  const outDir = mkdtempSync(join(tmpdir(), 'mckean-site-'));
  process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => process.exit(EXIT.done));
  process.stdout.write('Building the page …\n');
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return preview({
    appType: 'mpa', // what is no file is not found
    plugins: [guarded(new Set([...LOCAL, ...names].map((name) => name.toLowerCase())), tally)],
    logLevel: 'error',
    build: { outDir },
    preview: {
      host,
      port,
      strictPort: !anyPort,
      open,
      cors: false,
      allowedHosts: true, // `guarded` is stricter
      ...(certificate && { https: certificate }),
    },
  });
}

const guarded = (names: ReadonlySet<string>, tally?: Tally): Plugin => ({
  name: 'guarded',
  configurePreviewServer: ({ middlewares }) =>
    void middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      const isTally = tally !== undefined && request.url?.split('?')[0] === TALLY;
      const refusal = refusalOf(request, names, isTally);
      if (!refusal && isTally) return void answer(tally, request, response).catch(() => response.destroy());
      if (!refusal) return next();
      const [status, sentence] = refusal;
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
    }),
});

function refusalOf(
  { method, url, headers }: IncomingMessage,
  names: ReadonlySet<string>,
  takes: boolean,
): readonly [status: number, sentence: string] | null {
  const name = /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::\d+)?$/i.exec(headers.host ?? '');
  if (!names.has((name?.[1] ?? name?.[2] ?? '').toLowerCase()))
    return [403, 'This machine is not called so: ask by an address that it has named.'];
  if (method !== 'GET' && method !== 'HEAD' && !(takes && method === 'POST'))
    return [405, 'There is nothing here but files to read.'];
  return url?.startsWith('/') ? null : [400, 'Ask for a path that begins with /.'];
}
