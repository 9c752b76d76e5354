/**
 * npm start: serves the page and opens it; where nothing can be opened, says the address and the way without a
 * browser.
 */
import { createServer } from 'vite';

const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
const server = await createServer({ server: { open: !headless, host: 'localhost' }, clearScreen: false });
await server.listen();
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:5173/';
process.stdout.write(`\nmckean is at ${address}\n`);
if (headless) {
  process.stdout.write(
    `There is no display here to open it on: open the address in a browser of this machine, or run the page's first preset on the command line:\n` +
      `  npm run -s mckean -- presets tanh-curve > tanh-curve.json\n` +
      `  npm run -s mckean -- run tanh-curve.json --out runs/tanh-curve\n`,
  );
}
process.stdout.write('Ctrl-C ends it.\n');
