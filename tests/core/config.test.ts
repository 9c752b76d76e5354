import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../../src/core/activations/activations.ts';
import {
  complete,
  ConfigError,
  DEFAULTS,
  mergeConfig,
  WIDTH_OF_FILE,
  type ConfigInput,
} from '../../src/core/config/config.ts';
import type { InitialInput } from '../../src/core/config/initial.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { DATASETS } from '../../src/core/datasets.ts';
import { INTEGRATORS } from '../../src/core/dynamics/integrators.ts';
import { PARAMETERIZATIONS } from '../../src/core/parameterizations.ts';
import { PRESET_NAMES, PRESETS, resolveConfig } from '../../src/experiments/presets.ts';
import { generated } from '../support/generated.ts';

const name = <T extends object>(registry: T) =>
  fc.constantFrom(...(Object.keys(registry) as (keyof T & string)[]));
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const some = <T>(entries: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(entries, { requiredKeys: [] });
const pair = fc.tuple(finite, finite);

const options = {
  test: fc.double({ min: 0, max: 0.9, noNaN: true }),
  testSeed: fc.maxSafeNat(),
  standardize: fc.boolean(),
};
const data = fc.oneof(
  fc.record({ csv: fc.string(), target: fc.string(), ...options }, { requiredKeys: ['csv'] }),
  fc.record(
    {
      inline: fc.integer({ min: 1, max: 5 }).chain((m) =>
        fc.record(
          {
            x: fc.array(pair, { minLength: m, maxLength: m }),
            y: fc.array(finite, { minLength: m, maxLength: m }),
            names: fc.constant(['height', 'weight']),
            target: fc.constantFrom('age', 'x', ' '.repeat(2) + 'ω'),
            title: fc.string(),
          },
          { requiredKeys: ['x', 'y'] },
        ),
      ),
      ...options,
    },
    { requiredKeys: ['inline'] },
  ),
  fc.record(
    {
      dataset: name(DATASETS),
      samples: fc.integer({ min: 1, max: 144 }),
      noise: positive,
      seed: fc.maxSafeNat(),
      ...options,
    },
    { requiredKeys: ['dataset'] },
  ),
);
const law = fc.oneof(
  fc.record({ law: fc.constant('normal'), mean: finite, std: positive }, { requiredKeys: ['law'] }),
  fc.record(
    { law: fc.constant('uniform'), low: fc.double({ min: -9, max: -1, noNaN: true }), high: positive },
    { requiredKeys: ['law'] },
  ),
  fc.record({ law: fc.constant('sphere'), radius: positive }, { requiredKeys: ['law'] }),
  fc.record(
    { law: fc.constant('grid'), low: fc.double({ min: -9, max: -1, noNaN: true }), high: positive },
    { requiredKeys: ['law'] },
  ),
  fc.record({ law: fc.constant('dirac'), at: fc.oneof(finite, fc.array(finite)) }, { requiredKeys: ['law'] }),
);
const parameterization = fc.oneof(
  name(PARAMETERIZATIONS),
  fc.record({ a: finite, kappa: finite }),
  fc.record({ abc: fc.record({ a: pair, b: pair, c: finite }) }),
);
const valid = fc.record(
  {
    data,
    model: some({
      activation: name(ACTIVATIONS),
      width: fc.integer({ min: 1, max: 2 ** 29 }).map((half) => 2 * half),
      bias: fc.boolean(),
    }),
    parameterization,
    initial: some({ seed: fc.maxSafeNat(), w1: law, w0: law, antithetic: fc.boolean(), npy: fc.string() }),
    dynamics: some({
      integrator: name(INTEGRATORS),
      dt: positive,
      steps: fc.integer({ min: DEFAULTS.dynamics.steps, max: Number.MAX_SAFE_INTEGER }),
      decay: positive,
      rates: some({ w1: positive, w0: positive }),
    }),
    record: some({ every: fc.integer({ min: 1 }), theta: fc.array(fc.nat(DEFAULTS.dynamics.steps)) }),
    engine: fc.constantFrom('auto', 'webgpu', 'cpu'),
    method: fc.constantFrom('auto', 'direct', 'mesh', 'sector'),
  },
  { requiredKeys: ['data'] },
);

/** What went wrong, or '' where nothing did. */
function refusal(value: unknown): string {
  try {
    resolveConfig(readConfig(value));
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error; // any other error is a bug
  }
}

/** JSON text as a file would hold it: keeps __proto__ as a key, and has no undefined. */
const asFile = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('any valid configuration', () => {
  it('is accepted as it stands, and completes to one that completes to itself', () => {
    fc.assert(
      fc.property(valid, (input) => {
        const value = asFile(input);
        expect(refusal(value)).toBe('');
        expect(readConfig(value)).toEqual(value);
        const config = complete(value as ConfigInput);
        if (config.model.width === WIDTH_OF_FILE) return; // its .npy decides
        expect(complete(readConfig(asFile(config)))).toEqual(config);
      }),
      generated(300),
    );
  });

  it('keeps every given field and takes the rest from the defaults', () => {
    fc.assert(
      fc.property(valid, (input) => {
        const value = asFile(input) as ConfigInput;
        const config = complete(value);
        expect(config).toMatchObject({ ...value, data: value.data });
        for (const key of Object.keys(DEFAULTS)) expect(config).toHaveProperty(key);
        if (value.dynamics?.dt === undefined) expect(config.dynamics.dt).toBe(DEFAULTS.dynamics.dt);
      }),
      generated(200),
    );
  });
});

/** Paths of every object and leaf in a value. */
function paths(value: unknown, at: string[] = []): { path: string[]; value: unknown }[] {
  const here = { path: at, value };
  if (typeof value !== 'object' || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([key, entry]) => paths(entry, [...at, key]))];
}

function put(root: unknown, path: readonly string[], value: unknown): unknown {
  const copy = asFile(root);
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((object, key) => (object as Record<string, unknown>)[key], copy) as Record<
    string,
    unknown
  >;
  Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** data.inline.x[0][1] for the path of keys. */
const written = (path: readonly string[]): string =>
  path.reduce((text, key) => (/^\d+$/.test(key) ? `${text}[${key}]` : text ? `${text}.${key}` : key), '');

/**
 * The parameterization as a name may not become another type's neighbour: skip spots where many things are
 * valid.
 */
const full = {
  preset: 'moons',
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
    test: 0.1,
    standardize: true,
  },
  model: { activation: 'tanh', width: 8, bias: true },
  parameterization: { abc: { a: [0, 1], b: [0, 0], c: -1 } },
  initial: {
    seed: 1,
    w1: { law: 'normal', mean: 0, std: 1 },
    w0: { law: 'uniform', low: -1, high: 1 },
    antithetic: false,
    npy: 'a.npy',
  },
  dynamics: { integrator: 'euler', dt: 0.1, steps: 5 },
  record: { every: 1, theta: [0, 2] },
  engine: 'cpu',
  method: 'direct',
};
const SPOTS = paths(full);
const OBJECTS = SPOTS.filter(({ value }) => typeof value === 'object' && !Array.isArray(value));

describe('a mutation is refused in one sentence that names the field and the remedy', () => {
  it('the configuration that is mutated here is valid', () => expect(refusal(full)).toBe(''));

  it.each(OBJECTS.map(({ path }) => [written(path) || 'the root', path] as const))(
    'an unknown field in %s (38)',
    (_, path) => {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string({ minLength: 1 }),
            fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
          ),
          fc.anything(),
          (key, value) => {
            const object = path.reduce<unknown>(
              (at, step) => (at as Record<string, unknown>)[step],
              full,
            ) as object;
            fc.pre(
              !Object.hasOwn(object, key) &&
                !['loss', 'a', 'kappa', 'csv', 'dataset', 'inline', 'abc'].includes(key),
            );
            const sentence = refusal(put(full, [...path, key], asFile({ value: value ?? null })));
            expect(sentence).toContain(`${written(path)}${path.length ? '.' : ''}${key}`);
            // a word that others have for a field leads to it
            expect(sentence).toMatch(/did you mean "\w+"\?|: .*\b[a-z]+\.\w+/);
            expect(({} as Record<string, unknown>)['value']).toBeUndefined();
          },
        ),
        generated(40),
      );
    },
  );

  it.each(SPOTS.map(({ path, value }) => [written(path) || 'the root', path, value] as const))(
    'another type at %s',
    (field, path, value) => {
      const wrong = [null, [], {}, 'no such name', '', true, Infinity, -Infinity, NaN, -1.5].filter(
        (other) =>
          (path[0] !== 'preset' || typeof other !== 'string') && (path.at(-1) !== 'npy' || other !== null), // which takes it away
      );
      for (const other of wrong) {
        if (
          typeof other === typeof value &&
          (typeof value === 'boolean' || Array.isArray(other) === Array.isArray(value))
        ) {
          const free =
            ['preset', 'npy', 'c', 'mean', 'low', 'high', 'theta'].includes(path.at(-1)!) ||
            /\.(x|y|a|b|title)(\[|$)/.test(field) ||
            (/\.(names|target)(\[|$)/.test(field) && other !== '');
          if (
            free ||
            ['model', 'initial', 'dynamics', 'record'].includes(path.at(-1)!) ||
            typeof value === 'boolean'
          )
            continue;
        }
        const sentence = refusal(put(full, path, other));
        expect(sentence, `${field} = ${JSON.stringify(other)}`).toMatch(/give|did you mean|missing/);
        expect(sentence).toContain(
          path[0] ??
            (typeof other === 'object' && other !== null && !Array.isArray(other) ? 'data' : 'configuration'),
        );
        expect(sentence).not.toContain('\n');
      }
    },
  );

  it.each([
    [['model', 'width'], [0, -1, 1.5, 1e12, 2 ** 30 + 1], 'model.width'],
    [['dynamics', 'dt'], [0, -0.1, Infinity, NaN], 'dynamics.dt'],
    [['dynamics', 'steps'], [-1, 0.5, 1e300], 'dynamics.steps'],
    [['data', 'test'], [-0.1, 1, 2], 'data.test'],
    [['record', 'every'], [0, -1, 0.5], 'record.every'],
    [['record', 'theta', '1'], [-1, 0.5], 'record.theta[1]'],
    [['initial', 'seed'], [-1, 0.5, 2 ** 53], 'initial.seed'],
    [['initial', 'w1', 'std'], [-1, Infinity], 'initial.w1.std'],
    [['parameterization', 'abc', 'a'], [[1], [1, 2, 3], [1, Infinity]], 'parameterization.abc.a'],
    [['data', 'inline', 'x', '1', '0'], [NaN, '3', null], 'data.inline.x[1][0]'],
  ] as const)('numbers out of range at %s', (path, values, field) => {
    for (const value of values) {
      const sentence = refusal(put(full, path, value));
      expect(sentence).toContain(field);
      expect(sentence).toMatch(/give|remove it/);
    }
  });
});

describe('the nearest known field is named', () => {
  it.each([
    [{ modle: {} }, 'modle', 'model'],
    [{ model: { activaton: 'tanh' } }, 'model.activaton', 'activation'],
    [{ initial: { w0: { law: 'normal', sdt: 1 } } }, 'initial.w0.sdt', 'std'],
    [{ initial: { w0: { law: 'uniform', hihg: 1 } } }, 'initial.w0.hihg', 'high'],
    [{ dynamics: { step: 1 } }, 'dynamics.step', 'steps'],
    [{ data: { dataset: 'moons', sample: 3 } }, 'data.sample', 'samples'],
    [{ parameterization: { a: 1, kapa: 1 } }, 'parameterization.kapa', 'kappa'],
    [{ parameterization: { abc: { a: [0, 1], b: [0, 0], C: 1 } } }, 'parameterization.abc.C', 'c'],
  ])('%j', (value, field, hint) => {
    const sentence = refusal(value);
    // a missing field beside it may be reported instead: it has the same remedy
    expect(sentence).toMatch(
      new RegExp(
        `^${field.replaceAll('.', '\\.')} is not a field of a configuration: did you mean "${hint}"\\?$|is missing`,
      ),
    );
  });

  it.each([
    [
      { data: { dataset: 'curve' }, seed: 3 },
      'seed is not a field of a configuration: it stands elsewhere, give initial.seed',
    ],
    [
      { data: { dataset: 'curve' }, model: { dt: 1 } },
      'model.dt is not a field of a configuration: it stands elsewhere, give dynamics.dt',
    ],
    [
      { data: { dataset: 'curve' }, model: { layers: [64, 64] } },
      'model.layers is not a field of a configuration: the networks here have two layers, as many neurons as model.width says',
    ],
    [
      { data: { dataset: 'curve' }, dynamics: { learning_rate: 0.1 } },
      'dynamics.learning_rate is not a field of a configuration: give dynamics.dt',
    ],
    [
      { data: { dataset: 'curve' }, dropout: 0.5 },
      'dropout is not a field of a configuration: runs here have no such thing, leave it out',
    ],
    [
      { data: { dataset: 'curve' }, model: { width: [64, 256] } },
      'model.width = [64,256] is a list, and a run has one value, lists of them are what sweeps do: give an integer from 1 to 1073741824',
    ],
  ])('or what it is here: %j', (value, sentence) => expect(refusal(value)).toBe(sentence));

  it('a key as long as a file is cut', () => {
    expect(refusal({ data: { dataset: 'curve' }, ['k'.repeat(2 ** 20)]: 1 }).length).toBeLessThan(200);
  });

  it('and the nearest preset', () => {
    expect(refusal({ preset: 'moon' })).toBe('preset = "moon" is not a preset: did you mean "moons"?');
  });
});

describe('fields that contradict each other', () => {
  it.each([
    [
      { data: { dataset: 'curve' }, dynamics: { steps: 50 }, record: { theta: [0, 50, 51] } },
      'record.theta has 51, and the run ends after dynamics.steps = 50',
    ],
    [{ data: { inline: { x: [[1]], y: [1, 2] } } }, 'x has 1 rows and y 2'],
    [{ data: { inline: { x: [[1], [1, 2]], y: [1, 2] } } }, 'data.inline.x[1]'],
    [{ data: { inline: { x: [], y: [] } } }, 'data.inline.y is empty'],
    [{ data: { inline: { x: [[]], y: [1] } } }, 'empty rows'],
    [{ data: { inline: { x: [[1, 2]], y: [1], names: ['a'] } } }, 'has 1 names and a row of x 2 numbers'],
    [{ data: { inline: { x: [[1, 2]], y: [1], names: ['a', 'a'] } } }, '"a" twice'],
    [{ data: { inline: { x: [[1]], y: [1], names: ['y'] } } }, '"y" is the name of an input and of the target'],
    [{ data: { inline: { x: [[1]], y: [1], target: 'x' } } }, 'give "target" another'],
    [{ data: { dataset: 'global-temperature', samples: 145 } }, 'has 144 rows'],
    [
      { data: { dataset: 'curve' }, initial: { w0: { law: 'uniform', low: 2, high: 1 } } },
      'initial.w0: low = 2 is above high = 1',
    ],
    [{ data: { dataset: 'curve' }, initial: { w0: { law: 'uniform', low: 2 } } }, 'low = 2 is above high = 1'],
    [
      { data: { dataset: 'curve' }, model: { width: 3 }, initial: { antithetic: true } },
      'model.width = 3 is odd',
    ],
    [
      { data: { dataset: 'curve' }, dynamics: { temperature: 0.1, integrator: 'heun' } },
      'dynamics.temperature = 0.1 needs the integrator "euler"',
    ],
    [
      { data: { dataset: 'curve' }, dynamics: { penalty: { l1: 0.1 }, integrator: 'rk4' } },
      'dynamics.penalty.l1 = 0.1 needs the integrator "euler", not "rk4"',
    ],
    [
      { data: { dataset: 'curve' }, dynamics: { momentum: { nesterov: true }, integrator: 'heun' } },
      'dynamics.momentum.beta = 0.9 needs the integrator "euler", not "heun"',
    ],
    [
      { data: { dataset: 'curve' }, dynamics: { momentum: { beta: 0.5 }, temperature: 0.1 } },
      'dynamics.momentum.beta = 0.5 and dynamics.temperature = 0.1 contradict each other',
    ],
    [
      { data: { dataset: 'curve' }, dynamics: { schedule: { temperature: { law: 'constant' } } } },
      'dynamics.schedule.temperature has no temperature to change',
    ],
    [
      { data: { dataset: 'curve' }, initial: { bias: { law: 'grid', low: 2 } } },
      'initial.bias: low = 2 is above high = 1',
    ],
    [
      { data: { dataset: 'curve' }, model: { bias: false }, initial: { bias: { law: 'normal' } } },
      'initial.bias beside model.bias = false: there is no bias',
    ],
    ...(['w1', 'w0', 'bias'] as const).map((name): [object, string] => [
      { data: { dataset: 'curve' }, initial: { joint: { law: 'sphere' }, [name]: { law: 'normal' } } },
      `initial.${name} beside initial.joint: that draws w1 and w0 together`,
    ]),
    [
      { data: { dataset: 'curve' }, model: { features: 'unit' }, initial: { joint: { law: 'sphere' } } },
      'initial.joint = {"law":"sphere","radius":1} beside model.features = "unit": these have no output weights',
    ],
    [
      {
        data: { dataset: 'curve' },
        model: { features: { rbf: { alpha: 1 } } },
        initial: { joint: { law: 'sphere' } },
      },
      'initial.joint beside model.features = {"rbf":{"alpha":1}}: these have a place of their own for w0',
    ],
    ...(['joint', 'bias'] as const).map((name): [object, string] => [
      { data: { dataset: 'curve' }, initial: { npy: 'a.npy', [name]: { law: 'sphere' } } },
      `initial.${name} beside initial.npy = "a.npy": the file has all of θ`,
    ]),
    [
      { data: { dataset: 'curve' }, initial: { joint: { law: 'normal' } } },
      'initial.joint.law = "normal" is not valid: give sphere',
    ],
    [{}, 'data is missing'],
  ])('%j', (value, sentence) => expect(refusal(value)).toContain(sentence));
});

describe('merging', () => {
  const base: ConfigInput = {
    data: { dataset: 'moons', samples: 7, noise: 1 },
    parameterization: { a: 1, kappa: 0 },
    initial: { seed: 4, w0: { law: 'normal', mean: 1, std: 3 }, antithetic: true },
    dynamics: { dt: 2, steps: 9 },
  };

  it('replaces data, parameterization and laws as a whole', () => {
    const merged = mergeConfig(base, {
      data: { dataset: 'curve' },
      parameterization: 'ntk',
      initial: { w0: { law: 'normal', std: 2 } },
    });
    expect(merged.data).toEqual({ dataset: 'curve' });
    expect(merged.parameterization).toBe('ntk');
    expect(merged.initial).toEqual({ seed: 4, w0: { law: 'normal', std: 2 }, antithetic: true });
  });

  it('lays other objects over field by field, and changes neither side', () => {
    const before = structuredClone(base);
    const over: ConfigInput = { dynamics: { dt: 3 }, model: { width: 5 } };
    expect(mergeConfig(base, over)).toEqual({ ...base, dynamics: { dt: 3, steps: 9 }, model: { width: 5 } });
    expect(base).toEqual(before);
  });

  it('a θ from a file brings its own width unless one stands beside it', () => {
    expect(mergeConfig({ model: { width: 8 } }, { initial: { npy: 'a.npy' } }).model?.width).toBe(
      WIDTH_OF_FILE,
    );
    expect(
      mergeConfig({ model: { width: 8 } }, { initial: { npy: 'a.npy' }, model: { width: 9 } }).model?.width,
    ).toBe(9);
  });

  it('laws of both layers and of each take the place of each other, and so do features, a missing bias and a file', () => {
    const [joint, bias, normal] = [{ law: 'sphere' }, { law: 'uniform' }, { law: 'normal' }] as const;
    const laid = (below: InitialInput, over: ConfigInput) =>
      Object.keys(mergeConfig({ initial: below }, over).initial ?? {}).sort();
    const each = { w1: normal, w0: normal, bias };
    expect(laid(each, { initial: { joint } })).toEqual(['joint']);
    for (const name of ['w1', 'w0', 'bias'] as const)
      expect(laid({ joint, seed: 3 }, { initial: { [name]: normal } })).toEqual([name, 'seed'].sort());
    expect(laid({ joint }, { model: { features: 'unit' } })).toEqual([]);
    expect(laid(each, { model: { features: 'unit' } })).toEqual(['bias', 'w0']);
    expect(laid(each, { model: { features: { rbf: { alpha: 1 } } } })).toEqual(['w0', 'w1']);
    expect(laid(each, { model: { bias: false } })).toEqual(['w0', 'w1']);
    expect(laid(each, { initial: { npy: 'a.npy' } })).toEqual(['npy', 'w0', 'w1']);
    // and what null takes away leaves the laws that there are by default
    const data = { dataset: 'curve' } as const;
    expect(complete({ data, initial: { joint: null, bias: null, npy: null } })).toEqual(complete({ data }));
  });

  it('a preset comes first, then the given fields', () => {
    const config = resolveConfig({ preset: 'lazy-curve', dynamics: { dt: 0.25 }, initial: { seed: 9 } });
    expect(config).toMatchObject({
      parameterization: 'ntk',
      dynamics: { dt: 0.25, steps: 1000 },
      initial: { seed: 9, antithetic: true, w0: { law: 'normal', std: 2 } },
    });
  });
});

it('laws and data are completed too', () => {
  const config = complete({
    data: { dataset: 'moons' },
    initial: { w0: { law: 'uniform' }, w1: { law: 'sphere' } },
  });
  expect(config.initial).toMatchObject({
    w0: { law: 'uniform', low: -1, high: 1 },
    w1: { law: 'sphere', radius: 1 },
  });
  expect(config.data).toEqual({
    dataset: 'moons',
    samples: 200,
    noise: 0,
    seed: 1,
    test: 0,
    testSeed: 1,
    standardize: false,
  });
});

describe.each(PRESET_NAMES)('preset %s', (preset) => {
  it('is valid, and its completed form is the same run', () => {
    const config = resolveConfig({ preset });
    expect(resolveConfig(readConfig(asFile(config)))).toEqual(config);
    expect(PRESETS[preset].summary).toMatch(/^[^\n]+\.$/);
  });
});
