/**
 * npm start: builds the page, serves it to this machine and opens it; where nothing can be opened, says the address and
 * the way without a browser.
 */
import type { Arguments } from '../args.ts';
import { EXIT } from '../errors.ts';
import { runTool } from '../tool.ts';
import { namesHere, openSite, portOf, served } from './site.ts';

const PORT = 5173;

const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;

async function run({ text }: Arguments): Promise<number> {
  const port = text('port');
  const site = openSite({
    host: 'localhost',
    port: port === undefined ? PORT : portOf(port),
    anyPort: port === undefined,
    names: namesHere(), // a tunnel or a container may forward another of them
    open: !headless,
    certificate: null,
  });
  const server = await served(site);
  const address = server.resolvedUrls!.local[0];
  process.stdout.write(`\nmckean is at ${address}\n`);
  if (headless)
    process.stdout.write(
      `There is no display here to open it on: open the address in a browser of this machine, or run the page's first preset on the command line:\n` +
        `  npm run -s mckean -- presets tanh-curve > tanh-curve.json\n` +
        `  npm run -s mckean -- run tanh-curve.json --out runs/tanh-curve\n`,
    );
  process.stdout.write('Ctrl-C ends it.\n');
  return EXIT.done;
}

await runTool(
  'start',
  {
    summary: 'Builds the page, serves it to this machine and opens it.',
    positionals: [],
    flags: { port: { value: 'N', help: `default: ${PORT}, or the next free one` } },
    run,
  },
  'npm start --',
);
