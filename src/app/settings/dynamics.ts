/** The panel's folder Dynamics: how neurons move. */
import { INTEGRATORS } from '../../core/integrators.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Panel } from './entry.ts';
import { stableEntry } from './run.ts';

export function dynamicsEntries({ page, config, actions }: Panel): ControlEntry[] {
  const frozen = (layer: 'w0' | 'w1', label: string, help: string): ControlEntry => ({
    kind: 'boolean',
    folder: 'Dynamics',
    key: `frozen.${layer}`,
    label,
    help,
    get: () => config().dynamics.rates[layer] === 0,
    set: (on) =>
      actions.configure({ dynamics: { rates: { ...config().dynamics.rates, [layer]: on ? 0 : 1 } } }),
  });
  return [
    {
      kind: 'number',
      folder: 'Dynamics',
      key: 'dt',
      label: 'step dt',
      min: 0,
      help: 'Step of time: with Euler, the learning rate η0',
      get: () => config().dynamics.dt,
      set: (dt) => actions.configure({ dynamics: { dt } }),
    },
    stableEntry(page, 'Dynamics'),
    {
      kind: 'choice',
      folder: 'Dynamics',
      key: 'integrator',
      label: 'integrator',
      options: Object.keys(INTEGRATORS),
      help: INTEGRATORS[config().dynamics.integrator].summary,
      get: () => config().dynamics.integrator,
      set: (integrator) => actions.configure({ dynamics: { integrator } }),
    },
    {
      kind: 'number',
      folder: 'Dynamics',
      key: 'temperature',
      label: 'temperature τ',
      min: 0,
      help: 'Noise √(2τ) dW on every neuron; needs the integrator euler',
      get: () => config().dynamics.temperature,
      set: (temperature) => actions.configure({ dynamics: { temperature } }),
    },
    {
      kind: 'number',
      folder: 'Dynamics',
      key: 'decay',
      label: 'weight decay λ',
      min: 0,
      help: 'Pulls every neuron towards 0 at the rate λ',
      get: () => config().dynamics.decay,
      set: (decay) => actions.configure({ dynamics: { decay } }),
    },
    frozen('w0', 'freeze w0', 'The features stay as they were drawn; only output weights learn'),
    frozen('w1', 'freeze w1', 'The output weights stay as they were drawn'),
  ];
}
