/**
 * npm run classroom: builds the page and serves it to a room over the local network, with its address as a QR
 * code.
 */
import type { AddressInfo } from 'node:net';
import type { PreviewServer } from 'vite';
import type { Arguments } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';
import { qrLines } from '../machine/qr.ts';
import { certificateFor } from './certificate.ts';
import { runTool } from '../tool.ts';
import { LOCAL, namesHere, openSite, outside, portOf, served } from './site.ts';
import { Tally } from './tally.ts';

const PORT = 4173;

interface Options {
  readonly port: number | null;
  readonly http: boolean;
  readonly names: readonly string[];
}

function optionsOf({ text, texts, on }: Arguments): Options {
  const port = text('port');
  const names = texts('name');
  const strange = names.find((name) => !/^[\w.:-]{1,253}$/.test(name));
  if (strange !== undefined) throw new UsageError(`--name ${strange}: give a name as it stands in an address`);
  return { port: port === undefined ? null : portOf(port), http: on('http'), names };
}

async function serve({ port, http, names }: Options): Promise<PreviewServer> {
  const all = [...new Set([...namesHere(), ...names])];
  return openSite({
    host: true,
    port: port ?? PORT,
    anyPort: port === null,
    names: all,
    open: false,
    certificate: http ? null : await certificateFor([...LOCAL, ...all]),
    tally: new Tally(),
  });
}

/** Where guests find it: by the names that were given, and by its addresses on a network. */
function announce({ httpServer }: PreviewServer, { http, names }: Options): string {
  const { port } = httpServer.address() as AddressInfo;
  const at = (host: string): string => `${http ? 'http' : 'https'}://${host}:${port}/?class`;
  const network = [...names, ...outside()].map(at);
  const [first] = network;
  const coloured = process.stdout.isTTY === true;
  return [
    '',
    'mckean for this room:',
    '',
    ...network.map((address) => `  ${address}`),
    `  ${at('localhost')}   (this machine)`,
    ...(first
      ? ['', ...qrLines(first, coloured).map((line) => `  ${line}`)]
      : ['', 'This machine has no address on a network: connect it, then start again.']),
    '',
    http
      ? "Without https browsers give no WebGPU: the students' processors compute, on all of their cores."
      : 'The certificate was made on this machine. Each student accepts it once: "Advanced", then "Proceed" (or "Accept the risk").',
    'Slopes that students measure in the lecture and send come together there: nothing of it leaves the room, and it ends with this.',
    'Its page teacher.html has a lesson plan, worksheets and answers to print.',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

async function run(args: Arguments): Promise<number> {
  const options = optionsOf(args);
  process.stdout.write(announce(await served(serve(options)), options));
  return EXIT.done;
}

await runTool('classroom', {
  summary: `Builds the page and serves it to everyone on the local network, with its address as a QR code.

Slopes that students measure in the lecture and send come together on the projector (chapters 1 and 3, "Show the class").

Browsers give WebGPU to https pages only, so the page is served with a certificate made here. No browser knows it: each student accepts it once.`,
  positionals: [],
  flags: {
    port: { value: 'N', help: `default: ${PORT}, or the next free one` },
    name: {
      value: 'N',
      help: 'another name by which guests reach this machine; may be given again',
      several: true,
    },
    http: {
      help: 'without https: no certificate to accept, but no WebGPU either, except on this machine',
    },
  },
  run,
});
