/**
 * What makes the build a site of its own: a strict content security policy, and a service worker that knows all
 * files.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * No inline script or style, no eval, nothing from elsewhere. In the page itself: plain static servers send no
 * headers.
 */
export const POLICY = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'", // compiled kernels; text as code stays refused
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:", // that of the formulas; lil-gui's icons
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
} as const;

export const strictPolicy: Plugin = {
  name: 'strict-policy',
  apply: 'build',
  transformIndexHtml: () => {
    const content = Object.entries(POLICY)
      .map((rule) => rule.join(' '))
      .join('; ');
    return [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ];
  },
};

/** What `npm run package` leaves in dist/. */
const PACKAGE = /^mckean-.*\.tgz$/;

/** A build of the page empties its folder as Vite does, where that lies in the checkout, but for the npm package. */
export function sparing(): Plugin {
  let folder = '';
  let within = false;
  return {
    name: 'sparing',
    apply: 'build',
    config: () => ({ build: { emptyOutDir: false } }),
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir);
      within = !relative(root, folder).startsWith('..');
    },
    buildStart() {
      if (!within || !existsSync(folder)) return;
      for (const name of readdirSync(folder))
        if (!PACKAGE.test(name)) rmSync(join(folder, name), { recursive: true });
    },
  };
}

const SERVICE_WORKER = 'service-worker.js';

/** Builds the service worker and tells it the names of all files, with a hash of their contents. */
export function offline(): Plugin {
  let publicDir = '';
  return {
    name: 'offline',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => void (publicDir = config.publicDir),
    buildStart() {
      if (!this.environment.config.consumer.startsWith('client')) return;
      this.emitFile({
        type: 'chunk',
        id: fileURLToPath(new URL('./src/app/offline/service-worker.ts', import.meta.url)),
        fileName: SERVICE_WORKER,
      });
    },
    generateBundle(_, bundle) {
      const worker = bundle[SERVICE_WORKER];
      if (worker?.type !== 'chunk') return;
      const built = Object.values(bundle)
        .filter((file) => file !== worker)
        .map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source] as const);
      const copied = readdirSync(publicDir).map((name) => [name, readFileSync(join(publicDir, name))] as const);
      const files = [...built, ...copied].sort(([p], [q]) => (p < q ? -1 : 1));
      const hash = createHash('sha256');
      for (const [name, content] of files) hash.update(name).update(content);
      worker.code = worker.code.replaceAll(
        'BUILT',
        JSON.stringify({ files: files.map(([name]) => name), version: hash.digest('hex').slice(0, 16) }),
      );
    },
  };
}

export const LICENCES = 'licences.md';
/** What only workers hold, and what is no script: Vite's list of licences leaves it out. */
const UNLISTED = ['regl', '@fontsource/stix-two-math'];

export const workerLicences: Plugin = {
  name: 'worker-licences',
  apply: 'build',
  enforce: 'post',
  writeBundle({ dir }, bundle) {
    if (!dir || !bundle[LICENCES]) return;
    for (const name of UNLISTED) {
      const folder = new URL(`./node_modules/${name}/`, import.meta.url);
      const { version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
        version: string;
        license: string;
      };
      appendFileSync(
        join(dir, LICENCES),
        `\n## ${name} - ${version} (${license})\n\n${readFileSync(new URL('LICENSE', folder), 'utf8')}`,
      );
    }
  },
};
