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

  it.each<[string, object, string]>([
    ['a law of w1', { initial: { w1: { law: 'dirac', at: 1 } } }, 'initial.w1 = {"law":"dirac","at":1} beside'],
    ['antithetic draws', { initial: { antithetic: true } }, 'initial.antithetic = true beside'],
    ['a rate of w1', { dynamics: { rates: { w1: 0 } } }, 'dynamics.rates.w1 = 0 beside'],
    ['a ridge of w1', { dynamics: { penalty: { ridge: [1, 2] } } }, 'dynamics.penalty.ridge = [1,2] beside'],
    ['ℓ1', { dynamics: { penalty: { l1: 1 } } }, 'dynamics.penalty.l1 = 1 beside'],
    ['variation', { dynamics: { penalty: { variation: 1 } } }, 'dynamics.penalty.variation = 1 beside'],
    ['abc', { parameterization: { abc: { a: [0, 1], b: [0, 0], c: -1 } } }, 'parameterization.abc beside'],
    ['two outputs', { data: { inline: { x: [[1], [2]], y: [[1, 2], [3, 4]] } } }, 'is for one output, and the data have c = 2'], // prettier-ignore
  ])('%s beside neurons without output weights', async (_, more, sentence) => {
    await expect(prepared({ data: SPHERE, model: { features: 'unit' }, ...more })).rejects.toThrow(sentence);
  });

  it('a file of other rows', async () => {
    const config = { data: SPHERE, model: { features: 'unit' }, initial: { npy: 't.npy' } };
    const npy = encodeNpy(Float64Array.from([1, 0, 2, 3]), [1, 4]);
    await expect(prepared(config, npy)).rejects.toThrow('give (n, 3) for these data: 3 columns of w0 alone');
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

it('neurons without output weights are rows of w0, those that they would be beside w1', async () => {
  const model = { activation: 'erf', width: 6 };
  const beside = await prepared({ data: SPHERE, model });
  const { problem, config } = await prepared({ data: SPHERE, model: { ...model, features: 'unit' } });
  expect(rows(problem.theta, 3)).toEqual(rows(beside.problem.theta, 4).map(([, ...w0]) => w0));
  expect(problem).toMatchObject({ weights: 0, features: 'unit', activation: 'erf' });
  expect(config.initial).not.toHaveProperty('w1');
  expect(complete(readConfig(JSON.parse(JSON.stringify(config))))).toEqual(config);
});

it('features without output weights take the place of laws of these, and leave none behind', () => {
  const weighted = complete({
    data: SPHERE,
    initial: { w1: { law: 'dirac', at: 1 }, antithetic: true },
  } as ConfigInput);
  const unit = complete(mergeConfig(weighted, { model: { features: 'unit' } }));
  expect(unit.initial).toEqual({ seed: 1, w0: weighted.initial.w0, antithetic: false });
  const back = complete(mergeConfig(unit, { model: { features: 'inner-product' } }));
  expect(back.initial.w1).toEqual({ law: 'normal', mean: 0, std: 1 });
});
