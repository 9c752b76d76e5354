/** The panel's folder Machine: what computes, and how much it may be asked for. */
import { ENGINE_CHOICES } from '../../core/config/config.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Panel } from './entry.ts';
import { USUAL_WIDTH } from './network.ts';

export function machineEntries({ config, limits, actions }: Panel): ControlEntry[] {
  return [
    {
      kind: 'choice',
      folder: 'Machine',
      key: 'engine',
      label: 'engine',
      options: ENGINE_CHOICES,
      help: 'auto takes WebGPU where there is an adapter',
      get: () => config().engine,
      set: (engine) => actions.configure({ engine }),
    },
    {
      kind: 'boolean',
      folder: 'Machine',
      key: 'lifted',
      label: 'lift limits',
      help: `Widths beyond ${USUAL_WIDTH.toLocaleString('en')} and values beyond the sliders’ ends; the folder Run says what they cost`,
      get: () => limits.lifted,
      set: (on) => {
        limits.lifted = on;
        actions.entriesChanged();
      },
    },
  ];
}
