/** Switches that stop a layer. */
import { takesWeights } from '../../core/features/features.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Panel } from './entry.ts';

export function frozenEntries({ config, actions }: Panel): ControlEntry[] {
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
    frozen('w0', 'freeze w0', 'The features stay as they were drawn; only output weights learn'),
    ...(takesWeights(config().model.features)
      ? [frozen('w1', 'freeze w1', 'The output weights stay as they were drawn')]
      : []),
  ];
}
