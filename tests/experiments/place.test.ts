/** Feature maps in a configuration: what is refused beside them, what data must be, and where neurons start. */
import { describe, expect, it } from 'vitest';
import { complete, mergeConfig, type ConfigInput } from '../../src/core/config/config.ts';
import { readConfig } from '../../src/core/config/schema.ts';
import { prepare, type Prepared } from '../../src/experiments/prepare.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { encodeNpy } from '../../src/io/npy.ts';

const SPHERE = { inline: { x: [[2, 0], [0, -2], [1.2, 1.6]], y: [1, 2, 3] } }; // prettier-ignore
const CIRCLE = { inline: { x: [[0], [0.25], [0.9999]], y: [1, 2, 3] } };
const translate = { translate: { order: 4, metric: 0.1 } };
const rbf = { rbf: { alpha: 0.5 } };

async function prepared(config: unknown, npy?: Uint8Array): Promise<Prepared> {
  const none = (): never => {
    throw new Error('no such file');
  };
  return prepare(resolveConfig(readConfig(config)), {
    readText: none,
    readBytes: async () => npy ?? none(),
    note: () => undefined,
  });
}
const onSphere = (more: object = {}, others: object = {}): object => ({
  data: SPHERE,
  model: { features: rbf, width: 8, ...more },
  ...others,
});
const rows = (theta: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: theta.length / width }, (_, j) => Array.from(theta).slice(j * width, (j + 1) * width));

describe('a sentence refuses', () => {
  it.each<[string, object, string]>([
    [
      'an activation',
      onSphere({ activation: 'tanh' }),
      'model.activation = "tanh" beside model.features = {"rbf":{"alpha":0.5}}',
    ],
    ['a bias', onSphere({ bias: true }), 'model.bias = true beside model.features'],
    [
      'abc',
      onSphere({}, { parameterization: { abc: { a: [0, 1], b: [0, 0], c: -1 } } }),
      'parameterization.abc beside',
    ],
    ['no α', { data: SPHERE, model: { features: { rbf: {} } } }, 'model.features.rbf.alpha is missing'],
    ['α = 0', onSphere({ features: { rbf: { alpha: 0 } } }), 'model.features.rbf.alpha = 0 is not valid'],
    [
      'a field of its own',
      onSphere({ features: { rbf: { alpha: 1, radius: 2 } } }),
      'model.features.rbf.radius is not a field',
    ],
    ['another map', onSphere({ features: { rbff: {} } }), 'model.features = {"rbff":{}} is not valid: give'],
    ['another name', onSphere({ features: 'rbf' }), 'model.features = "rbf" is not valid: give'],
    ['inputs off the sphere', { ...onSphere(), data: { inline: { x: [[1, 0], [0, 1.1]], y: [1, 2] } } }, 'model.features "rbf" is for inputs on a sphere'], // prettier-ignore
    [
      'an order of 0',
      { data: CIRCLE, model: { features: { translate: { order: 0, metric: 1 } } } },
      'model.features.translate.order = 0 is not valid: give an integer from 1 to 1024',
    ],
    [
      'inputs off the circle',
      { data: { inline: { x: [[0], [1]], y: [1, 2] } }, model: { features: translate } },
      'data: x = 1 in training row 2: model.features "translate" is for one input from 0 to below 1',
    ],
    ['two inputs on a circle', { data: SPHERE, model: { features: translate } }, 'data: there are 2 inputs'],
    [
      'w0 without a direction',
      onSphere({}, { initial: { w0: { law: 'dirac', at: 0 } } }),
      'initial.w0 draws w0 = (0, 0) for neuron 0, which is not on the sphere',
    ],
  ])('%s', async (_, config, sentence) => {
    await expect(prepared(config)).rejects.toThrow(sentence);
  });

  it('w0 of a file off the sphere', async () => {
    const npy = encodeNpy(Float64Array.from([1, 0, 2, 1, 0, 1.99]), [2, 3]);
    const config = { data: SPHERE, model: { features: rbf }, initial: { npy: 't.npy' } };
    await expect(prepared(config, npy)).rejects.toThrow('initial.npy: t.npy has w0 = (0, 1.99) for neuron 1');
  });
});

it('neurons start on the sphere of the data, whatever law has drawn them, and a file as it is', async () => {
  for (const law of [{ law: 'normal' }, { law: 'sphere' }, { law: 'sphere', radius: 2 }]) {
    const { problem, config } = await prepared(onSphere({}, { initial: { w0: law } }));
    expect(problem.features).toEqual({ rbf: { alpha: 0.5, radius: 2 } });
    expect(config.model.features).toEqual(rbf);
    for (const [, ...w0] of rows(problem.theta, 3)) expect(Math.hypot(...w0)).toBeCloseTo(2, 14);
  }
  const given = [1, 0, 2.0000001, 1, -2, 0];
  const file = { data: SPHERE, model: { features: rbf }, initial: { npy: 't.npy' } };
  const { problem } = await prepared(file, encodeNpy(Float64Array.from(given), [2, 3]));
  expect(Array.from(problem.theta)).toEqual(given);
});

it('neurons start on the circle, whatever law has drawn them', async () => {
  for (const law of [{ law: 'normal' }, { law: 'uniform', low: 0, high: 1 }, { law: 'dirac', at: -1e-300 }]) {
    const initial = { w0: law };
    const { problem } = await prepared({ data: CIRCLE, model: { features: translate, width: 64 }, initial });
    for (const [, w0] of rows(problem.theta, 2)) expect(w0 >= 0 && w0 < 1).toBe(true);
  }
});

it('a map of its own takes the place of an activation and a bias that stood there, and is complete without', () => {
  const config = complete({ data: SPHERE, model: { features: rbf } } as ConfigInput);
  expect(config.model).not.toHaveProperty('activation');
  expect(config.model.bias).toBe(false);
  expect(complete(readConfig(JSON.parse(JSON.stringify(config))))).toEqual(config);
  const over = mergeConfig({ data: SPHERE, model: { activation: 'tanh', bias: true } } as ConfigInput, {
    model: { features: rbf },
  });
  expect(over.model).toEqual({ features: rbf });
  const back = complete(mergeConfig(config, { model: { features: 'inner-product', bias: true } }));
  expect(back.model).toMatchObject({ activation: 'tanh', features: 'inner-product', bias: true });
});
