/** The panel's folder Start: where neurons begin. */
import type { ControlEntry } from '../../views/controls.ts';
import type { Panel } from './entry.ts';

export function startEntries(panel: Panel): ControlEntry[] {
  const { config, actions } = panel;
  return [
    {
      kind: 'number',
      folder: 'Start',
      key: 'seed',
      label: 'seed',
      min: 0,
      step: 1,
      help: 'Another seed draws other neurons from the same law',
      get: () => config().initial.seed,
      set: (seed) => actions.configure({ initial: { seed } }),
    },
    ...deviation(panel, 'w0'),
    ...deviation(panel, 'w1'),
    {
      kind: 'boolean',
      folder: 'Start',
      key: 'antithetic',
      label: 'f starts at 0',
      help: 'Neurons in pairs (w1, w0), (−w1, w0): antithetic draws',
      get: () => config().initial.antithetic,
      set: (antithetic) => actions.configure({ initial: { antithetic } }),
    },
  ];
}

/** A normal law's standard deviation; other laws are not shown. */
function deviation({ config, actions }: Panel, layer: 'w0' | 'w1'): ControlEntry[] {
  const law = config().initial[layer];
  if (law.law !== 'normal') return [];
  return [
    {
      kind: 'number',
      folder: 'Start',
      key: `${layer}.std`,
      label: `std of ${layer}`,
      min: 0,
      max: 10,
      step: 0.1,
      liftable: true,
      help: `Standard deviation of ${layer} at step 0`,
      get: () => law.std ?? 1,
      set: (std) => actions.configure({ initial: { [layer]: { ...law, std } } }),
    },
  ];
}
