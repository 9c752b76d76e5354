/** The JSON Schemas that editors read take what the program's own schemas take, and refuse what these refuse. */
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ConfigError } from '../../src/core/config/error.ts';
import type { Json } from '../../src/core/config/json-schema.ts';
import { MEANINGS, SWEEP_MEANINGS, VALUES } from '../../src/core/config/meanings.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { readSweep } from '../../src/core/config/sweep.ts';
import { isPresetName, PRESET_NAMES, PRESETS, resolveConfig } from '../../src/experiments/presets.ts';
import { LAW_NAMES } from '../../src/experiments/sweep/laws.ts';
import { SCHEMAS } from '../../src/experiments/schemas.ts';
import { JsonError, parseJson } from '../../src/io/json.ts';
import { generated } from '../support/generated.ts';
import { hostileTexts, WHOLE } from '../support/hostile/configs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONFIG: Json = SCHEMAS.config();
const SWEEP: Json = SCHEMAS.sweep();

const compiled = (schema: Json): ValidateFunction =>
  new Ajv({ strict: true, allowUnionTypes: true, ownProperties: true }).compile(schema);
const takesConfig = compiled(CONFIG);
const takesSweep = compiled(SWEEP);

const isRead = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
};

const refusals = (takes: ValidateFunction, values: readonly (readonly [string, unknown])[]): string[] =>
  values.filter(([, value]) => !takes(value)).map(([name]) => `${name}: ${JSON.stringify(takes.errors?.[0])}`);

/** JSON that pages show, sweeps beside configurations. */
const shown = ['README.md', 'docs/library.md', 'docs/papers.md', 'CONTRIBUTING.md'].flatMap((page) =>
  [...readFileSync(ROOT + page, 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, text], k) => [`${page} ${k}`, parseJson(text)] as const,
  ),
);
const isSweep = (value: unknown): boolean => Object.hasOwn(value as object, 'grid');

it('take every preset, as it is written and complete, every example of a page and every study', () => {
  const configs = PRESET_NAMES.flatMap((name) => [
    [name, PRESETS[name].config] as const,
    [`${name}, complete`, JSON.parse(JSON.stringify(resolveConfig({ preset: name })))] as const,
  ]);
  const whole = WHOLE.map((text, k) => [`whole ${k}`, JSON.parse(text)] as const);
  const examples = shown.filter(([, value]) => !isSweep(value));
  expect(examples.length).toBeGreaterThan(0);
  expect(refusals(takesConfig, [...configs, ...whole, ...examples])).toEqual([]);

  const studies = readdirSync(`${ROOT}studies`).map(
    (name) => [name, parseJson(readFileSync(`${ROOT}studies/${name}`, 'utf8'))] as const,
  );
  const sweeps = shown.filter(([, value]) => isSweep(value));
  expect(sweeps.length).toBeGreaterThan(0);
  expect(refusals(takesSweep, [...studies, ...sweeps])).toEqual([]);
});

/** Forms that nobody above has. */
const inline = { x: [[1], [2]], y: ['cat', 'dog'] };
it.each<[object]>([
  [{ data: { inline, labels: true } }],
  [
    {
      data: {
        inline: {
          ...inline,
          y: [
            [1, 2],
            [3, 4],
          ],
          target: ['p', 'q'],
        },
      },
    },
  ],
  [{ data: { npy: { x: 'x.npy', y: 'y.npy' }, test: 0.1, testSeed: 7 } }],
  [{ data: { csv: 'a.txt', target: 'y', header: false, exclude: ['z'], labels: true, delimiter: ' ' } }],
  [{ data: { dataset: 'teacher', dimension: 3, parameters: { activation: 'erf', units: 2 } } }],
  [
    {
      data: { dataset: 'single-index', testSamples: 9 },
      dynamics: { stream: { size: 2, reuse: 3, labelNoise: 1 } },
    },
  ],
  [{ model: { activation: { hermite: 3 }, features: 'inner-product' } }],
  [{ model: { features: { translate: { order: 2, metric: 1 } } } }],
  [
    {
      initial: {
        w0: { law: 'dirac', at: [1, 2] },
        w1: { law: 'dirac', at: 1 },
        bias: { law: 'grid', high: 2 },
      },
    },
  ],
  [
    {
      initial: { joint: null, bias: null, npy: null },
      dynamics: { batch: null, penalty: null, schedule: null },
    },
  ],
  [
    {
      dynamics: { schedule: { dt: { law: 'steps', every: 3, factor: 0.5 }, temperature: { law: 'constant' } } },
    },
  ],
  [{ dynamics: { schedule: { dt: { law: 'over-loss' } }, momentum: {}, penalty: {} }, record: { theta: [] } }],
])('%j is taken by both', (config) => {
  expect([isRead(() => readConfig(config)), takesConfig(config)]).toEqual([true, true]);
});

/** What the one sees and JSON Schema has no words for. */
const isBeyond = (value: unknown): boolean =>
  /"knots":/.test(JSON.stringify(value)) && !isRead(() => readConfig(value));

it('of a configuration, take what a run reads and refuse what it refuses (36, 38)', () => {
  const counts = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(hostileTexts, (text) => {
      let value: unknown;
      try {
        value = parseJson(text);
      } catch (error) {
        if (error instanceof JsonError) return;
        throw error;
      }
      const preset = (value as { preset?: unknown } | null)?.preset;
      const known = typeof preset !== 'string' || isPresetName(preset);
      const read = known && isRead(() => readConfig(value));
      if (isBeyond(value)) return;
      counts[read ? 'taken' : 'refused']++;
      expect([text, takesConfig(value)]).toEqual([text, read]);
    }),
    generated(600),
  );
  expect(counts.taken).toBeGreaterThan(60);
  expect(counts.refused).toBeGreaterThan(150);
});

const PLAIN_SWEEP = { base: 'moons', grid: { 'model.width': [8, 16] }, measure: 'clt' };
it.each([
  [{}, true],
  [{ $schema: 'x', title: 'T', chunk: { seconds: 1 } }, true],
  [{ measure: ['clt', 'coupling'] }, true],
  [{ base: { data: { dataset: 'curve' } } }, true],
  [{ chunk: { seconds: 0 } }, false],
  [{ chunk: { hours: 1 } }, false],
  [{ measure: [] }, false],
  [{ measure: 'no-such-law' }, false],
  [{ grid: { 'model.width': [] } }, false],
  [{ grid: { 'model.width': [8, 8] } }, false],
  [{ grid: { 'model.__proto__.x': [8] } }, false],
  [{ grid: { '.width': [8] } }, false],
  [{ grid: [1] }, false],
  [{ title: ' ' }, false],
  [{ base: 7 }, false],
  [{ grids: {} }, false],
])('of a sweep, too: %j', (over, right) => {
  const sweep = { ...PLAIN_SWEEP, ...over };
  expect([isRead(() => readSweep(sweep, LAW_NAMES)), takesSweep(sweep)]).toEqual([right, right]);
});
it.each(['base', 'grid'])('a sweep without %s is none', (field) => {
  const { [field as 'base']: _, ...sweep } = PLAIN_SWEEP;
  expect([isRead(() => readSweep(sweep, LAW_NAMES)), takesSweep(sweep)]).toEqual([false, false]);
});

it('an editor’s $schema is taken and is no part of what is run', () => {
  const config = { $schema: 'node_modules/mckean/schema.json', preset: 'moons' };
  expect(takesConfig(config)).toBe(true);
  expect(readConfig(config)).toEqual({ preset: 'moons' });
});

/** Fields by their path, alternatives together. */
function fieldsIn(json: Json, path = ''): [path: string, field: Json][] {
  const below = Object.entries((json.properties ?? {}) as Record<string, Json>).flatMap(
    ([key, field]): [string, Json][] => {
      const here = path === '' ? key : `${path}.${key}`;
      return [[here, field], ...fieldsIn(field, here)];
    },
  );
  return [...below, ...((json.anyOf ?? []) as Json[]).flatMap((one) => fieldsIn(one, path))];
}

it('say of every field what it means, and mean no field that is not there', () => {
  const fields = [...fieldsIn(CONFIG), ...fieldsIn(SWEEP)];
  const silent = fields.filter(([, { description }]) => typeof description !== 'string' || description === '');
  expect(silent.map(([path]) => path)).toEqual([]);
  expect(new Set(fields.map(([path]) => path)).size).toBeGreaterThan(100);

  const paths = fieldsIn(CONFIG).map(([path]) => path);
  const names = [...Object.keys(MEANINGS), ...Object.keys(VALUES)];
  const vain = names.filter(
    (name) => !paths.some((path) => path === name || (name[0] === '.' && path.endsWith(name))),
  );
  expect(vain).toEqual([]);
  const sweepPaths = fieldsIn(SWEEP).map(([path]) => path);
  expect(Object.keys(SWEEP_MEANINGS).filter((name) => !sweepPaths.includes(name))).toEqual([]);
});

it('defaults are those that a configuration is completed with', () => {
  const usual = Object.fromEntries(fieldsIn(CONFIG).map(([path, { default: value }]) => [path, value]));
  const { model, dynamics, record } = resolveConfig({ data: { dataset: 'curve' } });
  expect(usual['model.width']).toBe(model.width);
  expect(usual['dynamics.dt']).toBe(dynamics.dt);
  expect(usual['record.every']).toBe(record.every);
  expect(usual['dynamics.batch.size']).toBeUndefined(); // must be given
  expect(usual['data.samples']).toBeUndefined(); // every data set's own
  const batch = resolveConfig({ data: { dataset: 'curve' }, dynamics: { batch: { size: 3 } } }).dynamics.batch;
  expect(usual['dynamics.batch.replacement']).toBe(batch?.replacement);
});
