/** The panel's folder Network: what learns. */
import { ACTIVATIONS, type ActivationName } from '../../core/activations/activations.ts';
import { formOf } from '../../core/activations/parametric.ts';
import { MAX_WIDTH } from '../../core/config/config.ts';
import { activationOf, spelled } from '../../core/features.ts';
import { LOSSES } from '../../core/losses.ts';
import { PARAMETERIZATIONS, type Parameterization } from '../../core/parameterizations.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Limits, Panel } from './entry.ts';

/** 2⁶ … 2²⁰, and 2²⁴ without limits. */
const WIDTHS = Array.from({ length: 19 }, (_, i) => 2 ** (6 + i));
/** The most that is offered before limits are lifted. */
export const USUAL_WIDTH = 2 ** 20;
const CUSTOM = 'custom';

export function networkEntries({ config, limits, actions }: Panel): ControlEntry[] {
  const activationName = (): string => spelled(activationOf(config().model));
  return [
    {
      kind: 'choice',
      folder: 'Network',
      key: 'width',
      label: 'neurons n',
      help: 'Width of the network: the number of particles',
      options: widthOptions(config().model.width, limits),
      get: () => config().model.width,
      set: (width) => actions.configure({ model: { width: Number(width) } }),
    },
    {
      kind: 'choice',
      folder: 'Network',
      key: 'activation',
      label: 'activation φ',
      options: [...new Set([...Object.keys(ACTIVATIONS), activationName()])],
      help: formOf(activationOf(config().model)).summary,
      get: activationName,
      set: (name) => {
        if (Object.hasOwn(ACTIVATIONS, name))
          actions.configure({ model: { activation: name as ActivationName } });
      },
    },
    {
      kind: 'choice',
      folder: 'Network',
      key: 'loss',
      label: 'loss ℓ',
      options: Object.keys(LOSSES),
      help: LOSSES[config().model.loss].summary,
      get: () => config().model.loss,
      set: (loss) => actions.configure({ model: { loss } }),
    },
    {
      kind: 'choice',
      folder: 'Network',
      key: 'parameterization',
      label: 'parameterization',
      options: parameterizationOptions(config().parameterization),
      help: 'Prefactor of f and learning rate as powers of n',
      get: () => nameOf(config().parameterization),
      set: (parameterization) => {
        if (parameterization !== CUSTOM) actions.configure({ parameterization });
      },
    },
    {
      kind: 'boolean',
      folder: 'Network',
      key: 'bias',
      label: 'bias',
      help: 'A constant coordinate 1 beside the inputs',
      get: () => config().model.bias,
      set: (on) => actions.configure({ model: { bias: on } }),
    },
  ];
}

function widthOptions(current: number, { lifted }: Limits): Record<string, number> {
  const offered = WIDTHS.filter((width) => lifted || width <= USUAL_WIDTH);
  const widths = [...new Set([...offered, current])]
    .filter((width) => width <= MAX_WIDTH)
    .sort((p, q) => p - q);
  return Object.fromEntries(widths.map((width) => [width.toLocaleString('en'), width]));
}

const nameOf = (parameterization: Parameterization): string =>
  typeof parameterization === 'string' ? parameterization : CUSTOM;
const parameterizationOptions = (current: Parameterization): string[] => [
  ...Object.keys(PARAMETERIZATIONS),
  ...(typeof current === 'string' ? [] : [CUSTOM]),
];
