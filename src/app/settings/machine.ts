/** How much the page may be asked for. */
import type { ControlEntry } from '../../views/controls.ts';
import type { Panel } from './entry.ts';
import { USUAL_WIDTH } from './network.ts';

export const limitsEntry = ({ limits, actions }: Panel): ControlEntry => ({
  kind: 'boolean',
  folder: 'Machine',
  key: 'lifted',
  label: 'lift limits',
  help: `Widths beyond ${USUAL_WIDTH.toLocaleString('en')}; the folder Run says what they cost`,
  get: () => limits.lifted,
  set: (on) => {
    limits.lifted = on;
    actions.entriesChanged();
  },
});
