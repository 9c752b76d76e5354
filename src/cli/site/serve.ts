/**
 * npm start: builds the page, serves it to this machine and opens it; where nothing can be opened, says the address and
 * the way without a browser.
 */
import { EXIT, explain } from '../errors.ts';
import { namesHere, openSite } from './site.ts';

const PORT = 5173;

const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;

async function main(): Promise<void> {
  const server = await openSite({
    host: 'localhost',
    port: PORT,
    anyPort: true,
    names: namesHere(), // a tunnel or a container may forward another of them
    open: !headless,
    certificate: null,
  });
  const address = server.resolvedUrls?.local[0] ?? `http://localhost:${PORT}/`;
  process.stdout.write(`\nmckean is at ${address}\n`);
  if (headless)
    process.stdout.write(
      `There is no display here to open it on: open the address in a browser of this machine, or run the page's first preset on the command line:\n` +
        `  npm run -s mckean -- presets tanh-curve > tanh-curve.json\n` +
        `  npm run -s mckean -- run tanh-curve.json --out runs/tanh-curve\n`,
    );
  process.stdout.write('Ctrl-C ends it.\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`mckean: ${explain(error).line}\n`);
  process.exit(EXIT.failed);
});
