/**
 * npm run classroom: builds the page and serves it to a room over the local network, with its address as a QR
 * code.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import basicSsl from '@vitejs/plugin-basic-ssl';
import { build, preview, type PreviewServer } from 'vite';
import { EXIT, UsageError, explain } from './errors.ts';
import { qrLines } from './machine/qr.ts';

const HELP = `npm run classroom [-- flags]   builds the page and serves it to everyone on the local network

  --port N   (4173, or the next free one)
  --http     without https: no certificate to accept, but no WebGPU either, except on this machine
  --help

Browsers give WebGPU to https pages only, so the page is served with a certificate made here. No browser knows it: each student accepts it once.
`;
const PORT = 4173;

interface Options {
  readonly port: number | null;
  readonly http: boolean;
}

function readOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      http: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 1 && port <= 65535))
    throw new UsageError(`--port ${values.port}: give an integer from 1 to 65535`);
  return { port, http: values.http };
}

async function serve({ port, http }: Options, outDir: string): Promise<PreviewServer> {
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const plugins = http ? [] : [basicSsl({ name: 'mckean classroom' })];
  // Guests come by whatever name this machine has here; there is nothing but the page to be had.
  return preview({
    plugins,
    logLevel: 'error',
    build: { outDir },
    preview: { host: true, port: port ?? PORT, strictPort: port !== null, allowedHosts: true },
  });
}

function announce({ resolvedUrls }: PreviewServer, { http }: Options): string {
  const { local = [], network = [] } = resolvedUrls ?? {};
  const [first] = network;
  const coloured = process.stdout.isTTY === true;
  return [
    '',
    'mckean for this room:',
    '',
    ...network.map((address) => `  ${address}`),
    ...local.map((address) => `  ${address}   (this machine)`),
    ...(first
      ? ['', ...qrLines(first, coloured).map((line) => `  ${line}`)]
      : ['', 'This machine has no address on a network: connect it, then start again.']),
    '',
    http
      ? "Without https browsers give no WebGPU: the students' processors compute, on all of their cores."
      : 'The certificate was made on this machine. Each student accepts it once: "Advanced", then "Proceed" (or "Accept the risk").',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') return void process.stdout.write(HELP);
  const outDir = mkdtempSync(join(tmpdir(), 'mckean-classroom-'));
  process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(EXIT.done));
  process.stdout.write('Building the page …\n');
  process.stdout.write(announce(await serve(options, outDir), options));
}

main().catch((error: unknown) => {
  const known =
    error instanceof Error && (/^Port \d+ is already in use/.test(error.message) || 'code' in error);
  const { status, line } = explain(
    known ? new UsageError(`${error.message}: npm run classroom -- --help says more`) : error,
  );
  process.stderr.write(`classroom: ${line}\n`);
  process.exit(status);
});
