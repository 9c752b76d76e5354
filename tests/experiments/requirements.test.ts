/** What measurements ask of a loss and of a feature map: those to come are refused by name where a law is not theirs. */
import { expect, it } from 'vitest';
import { complete, type Config } from '../../src/core/config/config.ts';
import { MEASUREMENTS } from '../../src/experiments/measure/registry.ts';
import type { Measurement } from '../../src/experiments/measure/measurement.ts';
import { innerProduct, squared } from '../../src/experiments/measure/requirements.ts';

const config = complete({ data: { dataset: 'curve' } });
/** The registries have one entry each: another one is given by its name alone. */
const other = (model: Record<string, string>): Config => ({ ...config, model: { ...config.model, ...model } });

it('the square and the inner product are accepted, another loss or map is refused by its name', () => {
  expect([squared(config, [], 1), innerProduct(config, [], 1)]).toEqual([null, null]);
  expect(squared(other({ loss: 'huber' }), [], 1)).toContain('model.loss = "huber"');
  expect(innerProduct(other({ features: 'unit' }), [], 1)).toContain('model.features = "unit"');
});

it.each(['kernel', 'state-spaces', 'uniform-in-time', 'coupling'] as const)(
  '%s, whose constants are closed forms, asks for the square',
  (name) => {
    const { requires }: Measurement = MEASUREMENTS[name];
    expect(requires).toContain(squared);
  },
);
