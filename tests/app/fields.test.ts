/** Fields that people set by hand: each form of each is one that configurations, links and undo know. */
import { describe, expect, it } from 'vitest';
import {
  complete,
  inPlaceOf,
  mergeConfig,
  type Config,
  type ConfigInput,
} from '../../src/core/config/config.ts';
import { changeAt, formIn, valueAt, type FormField } from '../../src/core/config/field.ts';
import { fieldsOf } from '../../src/core/config/fields.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { formatLink, parseLink } from '../../src/app/links/link.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';

/** What some fields cannot do without. */
const NEEDS: Record<string, ConfigInput> = {
  'dynamics.stream': { data: { dataset: 'teacher' } },
  'dynamics.schedule.temperature': { dynamics: { temperature: 0.1 } },
};
const FAMILIES = ['curve', 'teacher', 'clusters'] as const;

const laid = (config: Config, change: object): Config => complete(mergeConfig(config, readConfig(change)));
const all = FAMILIES.flatMap((dataset) => {
  const base = complete({ data: { dataset }, model: { width: 64 } });
  return Object.values(fieldsOf(base)).flatMap((fields) =>
    Object.entries(fields).map(([path, field]) => ({ dataset, path, field })),
  );
});
const forms = all.flatMap(({ dataset, path, field }) =>
  field.kind === 'form' ? Object.keys(field.forms).map((name) => ({ dataset, path, field, name })) : [],
);

describe.each(forms)('$path of $dataset: $name', ({ dataset, path, field, name }) => {
  const base = complete({ data: { dataset }, model: { width: 64 }, ...NEEDS[path] });
  const config = laid(base, changeAt(base, path, field.forms[name].start));

  it('is what the configuration then has, with a value for each of its own fields', () => {
    expect(formIn(field satisfies FormField, valueAt(config, path))).toBe(name);
    for (const [under, own] of Object.entries(field.forms[name].fields ?? {})) {
      const value = valueAt(config, `${path}.${under}`);
      expect([under, value]).not.toEqual([under, undefined]);
      if (own.kind === 'text') expect(own.read(own.write(value))).toEqual(value);
      if (own.kind !== 'number') continue;
      const next = own.whole ? (value as number) + 1 : (value as number) / 2 + 0.25;
      const changed = laid(config, changeAt(config, `${path}.${under}`, next));
      expect(valueAt(changed, `${path}.${under}`)).toBe(next);
    }
  });

  it('goes through a link, and is taken back without a rest', () => {
    expect(resolveConfig(parseLink(formatLink(config)).input)).toEqual(config);
    const back = { ...base, ...inPlaceOf(config, base) };
    expect(complete(mergeConfig(config, back))).toEqual(base);
  });
});

it('a change at a path leaves what stands beside it', () => {
  const base = complete({
    data: { dataset: 'parity' },
    dynamics: { schedule: { dt: { law: 'cosine', horizon: 7 } }, penalty: { ridge: [1, 2] } },
  });
  const { dynamics } = laid(base, changeAt(base, 'dynamics.penalty.ridge.1', 3));
  expect(dynamics).toMatchObject({
    schedule: { dt: { law: 'cosine', horizon: 7 } },
    penalty: { ridge: [1, 3] },
  });
  expect(laid(base, changeAt(base, 'dynamics.schedule.dt', undefined)).dynamics.schedule).toBeUndefined();
});

it('another dimension of ±1 inputs brings all their corners, unless samples were chosen', () => {
  const base = complete({ data: { dataset: 'parity' } });
  expect(laid(base, changeAt(base, 'data.dimension', 5)).data).toMatchObject({ samples: 32, dimension: 5 });
  const few = complete({ data: { dataset: 'parity', samples: 20 } });
  expect(laid(few, changeAt(few, 'data.dimension', 5)).data).toMatchObject({ samples: 20, dimension: 5 });
});

it('null takes away what a preset, or the configuration below, has', () => {
  const batch = { size: 4 };
  const below = readConfig({ data: { dataset: 'curve' }, dynamics: { batch, momentum: { beta: 0.5 } } });
  const { dynamics } = complete(mergeConfig(below, readConfig({ dynamics: { batch: null, momentum: null } })));
  expect([dynamics.batch, dynamics.momentum]).toEqual([undefined, undefined]);
});
