/** Links as nobody should make them: names that fit and do not, values that are valid, broken and impossible. */
const NAMES = [
  ...['preset', 'data', 'model', 'model.width', 'model.activation', 'model.bias', 'model.loss', 'method'],
  ...['dynamics.dt', 'dynamics.steps', 'dynamics.batch', 'dynamics.momentum', 'initial.w1', 'initial.seed'],
  ...['parameterization', 'engine', 'record.every', 'stop', 'compare', 'figures', 'mode', 'chapter', '', '.'],
  ...[
    'model.width.foo',
    '__proto__.x',
    'constructor',
    'data=left-out',
    'initial.w0',
    'initial.npy',
    'model.features',
    'axes',
    'colour',
    'against',
  ],
];
const VALUES = [
  ...['moons', 'tanh', '1e999', '-1', '0', 'null', 'true', '{}', '[]', '"', '%', '%FF'],
  ...[
    '{"law":"dirac","at":[]}',
    '{"dataset":"moons"}',
    '{"csv":"a.csv"}',
    '{"beta":2}',
    '{"size":1e9}',
    'mesh',
  ],
  ...['ntk', 'webgpu', '64', 'a=b', '{"inline":{"x":[[1]],"y":[1,2]}}', '__proto__', '\u202e', '💥'],
  ...[
    'x'.repeat(3000),
    't:30',
    '{"a":0.5}',
    '{"law":"normal","std":1e308}',
    '{"a":0,"kappa":100}',
    '1073741824',
  ],
  ...[
    '{"inline":{"x":[[1],[1],[1]],"y":[1,2,3]},"standardize":true}',
    '{"law":"dirac","at":[1,2,3,4,5]}',
    'left-out',
  ],
];

/** After the #. */
export function hostileLink(random: () => number): string {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
  const parts = Array.from({ length: 1 + Math.floor(6 * random()) }, () => `${one(NAMES)}=${one(VALUES)}`);
  return parts.join(one(['&', '&', '&amp;', ';', '#']));
}
