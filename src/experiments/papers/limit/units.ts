/** The two kinds of units that learn a spin glass. */
import { complete, ConfigError, type Config } from '../../../core/config/config.ts';
import { isMeanField } from '../../../core/parameterizations.ts';

export interface Units {
  readonly name: 'radial' | 'sigmoid';
  readonly config: Config;
}

/** Radial and sigmoid units, of the configuration's laws, whichever it has. */
export function unitsOf(config: Config): Units[] {
  const { data, model, parameterization } = config;
  if (!('dataset' in data) || data.dataset !== 'three-spin' || !isMeanField(parameterization))
    throw new ConfigError(
      `data = ${JSON.stringify(data)}: spins are asked for in mean field, give { "dataset": "three-spin" }`,
    );
  const { features, width } = model;
  const radial =
    typeof features !== 'string' && 'rbf' in features
      ? features
      : { rbf: { alpha: 5 / (data.dimension ?? 5) } };
  return [
    { name: 'radial', config: complete({ ...config, model: { features: radial, width } }) },
    { name: 'sigmoid', config: complete({ ...config, model: { activation: 'sigmoid', width } }) },
  ];
}
