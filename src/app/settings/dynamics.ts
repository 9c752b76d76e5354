/** Switches that stop a layer. */
import { takesWeights } from '../../core/features/features.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Panel } from './entry.ts';
import { say } from '../say.ts';

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
    frozen('w0', say('freeze w0'), say('The features stay as they were drawn; only output weights learn')),
    ...(takesWeights(config().model.features)
      ? [frozen('w1', say('freeze w1'), say('The output weights stay as they were drawn'))]
      : []),
  ];
}
