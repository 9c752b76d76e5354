/** Configurations as nobody should write them, and right ones of which they are made. */
import fc from 'fast-check';
import { edited, edits } from './input.ts';

/** Between them every section, form and law; as text. */
export const WHOLE = [
  {
    preset: 'moons',
    model: { activation: 'tanh', width: 8, bias: true, loss: 'logistic' },
    parameterization: { abc: { a: [0, 1], b: [0, 0], c: -1 } },
    initial: { seed: 1, w1: { law: 'normal', mean: 0, std: 1 }, w0: { law: 'uniform', low: -1, high: 1 } },
    dynamics: { integrator: 'euler', dt: 0.1, steps: 5, momentum: { beta: 0.5, nesterov: true } },
    record: { every: 1, theta: [0, 2] },
    engine: 'cpu',
    method: 'direct',
  },
  {
    data: {
      inline: {
        x: [
          [1, 2],
          [3, 4],
        ],
        y: [1, 2],
        names: ['p', 'q'],
        target: 'r',
        title: 'numbers',
      },
      test: 0.4,
    },
    model: {
      activation: {
        knots: [
          [-1, 0],
          [1, 2],
        ],
      },
      features: 'inner-product',
    },
    parameterization: { a: 0.5, kappa: 1 },
    initial: { joint: { law: 'sphere', radius: 2 }, antithetic: true },
    dynamics: {
      batch: { size: 1, replacement: true, seed: 3 },
      schedule: { dt: { law: 'power', k0: 10, exponent: 0.5 } },
      penalty: { ridge: [0.1, 0.2], variation: 0.1 },
      rates: { w1: 1, w0: 0 },
    },
  },
  {
    data: {
      csv: 'a.csv',
      target: ['y', 'z'],
      inputs: ['x'],
      delimiter: ';',
      decimal: ',',
      missing: 'drop',
      standardize: true,
    },
    model: { features: { rbf: { alpha: 2 } }, loss: 'huber' },
    dynamics: { temperature: 0.1, decay: 0.2, schedule: { temperature: { law: 'cosine', horizon: 9 } } },
    initial: { npy: 'theta.npy' },
  },
  {
    data: {
      dataset: 'two-gaussians',
      samples: 30,
      parameters: { delta: 0.3 },
      dimension: 4,
      seed: 2,
      noise: 0.1,
    },
    parameterization: 'ntk',
  },
].map((config) => JSON.stringify(config));

const VALUES = [
  ...[
    'null',
    'true',
    '[]',
    '{}',
    '""',
    '"x"',
    '-1',
    '0',
    '0.5',
    '1e308',
    '1e-320',
    '-0',
    '9007199254740993',
    '1e999',
    '[[1]]',
  ],
  ...[
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"law":"normal"}',
    '{"law":"__proto__"}',
    '[null]',
  ],
  ...[
    '"tanh"',
    '"mesh"',
    '"constructor"',
    '"toString"',
    '1073741825',
    '[0,0]',
    '[1e9]',
    '{"a":0,"kappa":0,"x":1}',
    '"\\u202e"',
  ],
];
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'width',
  'dt',
  'law',
  'a',
  'x',
  'csv',
  '',
  'seed',
  'model',
  'hasOwnProperty',
];
const tokens = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.constantFrom(...KEYS).map((key) => `"${key}":`),
  fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)).map(([key, value]) => `"${key}":${value},`),
  fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\n',
    '\u2028',
    '['.repeat(200),
    '"k'.padEnd(2000, 'k'),
  ),
);

/** Another value, or another name, in the place of one that stands there. */
const swaps = fc.array(
  fc.record({ at: fc.nat(1000), by: fc.constantFrom(...VALUES), name: fc.option(fc.constantFrom(...KEYS)) }),
  { minLength: 1, maxLength: 3 },
);
function swapped(text: string, list: readonly { at: number; by: string; name: string | null }[]): string {
  let now = text;
  for (const { at, by, name } of list) {
    const places = [
      ...now.matchAll(name === null ? /(?<=[:[,])(?:"[^"]*"|-?[\d.e]+|true|null)(?=[,}\]])/g : /"[^"]*"(?=:)/g),
    ];
    const place = places[at % Math.max(1, places.length)];
    if (!place) continue;
    const put = name === null ? by : JSON.stringify(name);
    now = now.slice(0, place.index) + put + now.slice(place.index + place[0].length);
  }
  return now;
}
/** Numbers a little or far beside those that stand there. */
const numbers = fc
  .tuple(
    fc.constantFrom(...WHOLE),
    fc.array(fc.tuple(fc.nat(1000), fc.constantFrom('1', '2', '0.25', '7', '1e-3', '-1', '1e300', '0')), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([whole, list]) =>
    list.reduce((now, [at, by]) => {
      const places = [...now.matchAll(/(?<=[:[,])-?[\d.e]+(?=[,}\]])/g)];
      const { index, 0: old } = places[at % places.length];
      return now.slice(0, index) + by + now.slice(index + old.length);
    }, whole),
  );
export const hostileTexts = fc.oneof(
  numbers,
  fc.tuple(fc.constantFrom(...WHOLE), swaps).map(([whole, list]) => swapped(whole, list)),
  fc.tuple(fc.constantFrom(...WHOLE), swaps).map(([whole, list]) => swapped(whole, list)),
  fc.tuple(fc.constantFrom(...WHOLE), edits(tokens)).map(([whole, list]) => edited(whole, list)),
  fc.json(),
);
