/** How much the page may be asked for. */
import type { ControlEntry } from '../../views/controls.ts';
import type { Panel } from './entry.ts';
import { USUAL_WIDTH } from './network.ts';
import { say } from '../say.ts';

export const limitsEntry = ({ limits, actions }: Panel): ControlEntry => ({
  kind: 'boolean',
  folder: 'Machine',
  key: 'lifted',
  label: say('lift limits'),
  help: say('Widths beyond {width}; the folder Run says what they cost', {
    width: USUAL_WIDTH.toLocaleString('en'),
  }),
  get: () => limits.lifted,
  set: (on) => {
    limits.lifted = on;
    actions.entriesChanged();
  },
});
