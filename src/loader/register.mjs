/**
 * Lets Node read TypeScript, in a process (`--import`) and in each of its worker threads. tsx keeps what it has
 * compiled, so it is the faster one, but its compiler is a native package that `npm ci --omit=optional` leaves
 * out: without it sucrase, plain JavaScript, does the same.
 */
import * as module from 'node:module';

function isInstalled(name) {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

if (isInstalled(`@esbuild/${process.platform}-${process.arch}/package.json`)) {
  (await import('tsx/esm/api')).register();
} else if (module.registerHooks) {
  module.registerHooks(await import('./hooks.mjs'));
} else {
  module.register('./hooks.mjs', import.meta.url);
}
