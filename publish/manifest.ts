/** package.json of what is published: the checkout's, without what only a checkout needs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bundle.ts';

const OWN = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;

export const VERSION = OWN.version as string;

/** Where modules and types lie in the package. */
export const LIB = 'lib';

const types = (name: string) => ({ types: `./${LIB}/${name}.d.ts` });
/** A module for every machine; of those that differ, Node's and the web's. */
const one = (name: string) => ({ ...types(name), default: `./${LIB}/${name}.js` });
const two = (name: string) => ({
  ...types(`${name}.node`),
  node: `./${LIB}/${name}.node.js`,
  default: `./${LIB}/${name}.web.js`,
});

/** Provenance names the repository whose workflow has built the package. */
const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;

export const MANIFEST = {
  name: OWN.name,
  version: VERSION,
  description: OWN.description,
  keywords: ['mean-field limit', 'McKean–Vlasov', 'neural networks', 'interacting particles', 'WebGPU'],
  license: OWN.license,
  ...(server && repository && { repository: { type: 'git', url: `git+${server}/${repository}.git` } }),
  type: 'module',
  bin: { mckean: `${LIB}/bin.js` },
  exports: {
    '.': one('core'),
    './core': one('core'),
    './cpu': two('cpu'),
    './gpu': two('gpu'),
    './cloud': one('cloud'),
    './widget': one('widget'),
    './schema.json': './schema.json',
    './sweep-schema.json': './sweep-schema.json',
    './package.json': './package.json',
  },
  // The program, what threads begin with, and what defines an element: all else does nothing until it is called.
  sideEffects: ['bin', 'worker.node', 'worker.web', 'worker.cloud', 'cloud', 'widget'].map(
    (name) => `./${LIB}/${name}.js`,
  ),
  engines: OWN.engines,
  optionalDependencies: OWN.optionalDependencies,
};
