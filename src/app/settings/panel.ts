/**
 * The settings, as entries for the panel: every choice comes from a registry, every change goes through
 * configure.
 */
import { DYNAMICS_FIELDS } from '../../core/config/dynamics-fields.ts';
import { fieldsOf } from '../../core/config/fields.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Page } from '../page.ts';
import { entriesOf } from './config-entries.ts';
import { frozenEntries } from './dynamics.ts';
import type { Limits, PanelActions } from './entry.ts';
import { limitsEntry } from './machine.ts';
import { widthEntry } from './network.ts';
import { runEntries, stableEntry } from './run.ts';
import { viewEntries } from './view.ts';
import { sayText } from '../say.ts';

/** Folders that few people need. */
export const CLOSED = ['Data', ...Object.keys(DYNAMICS_FIELDS), 'Start', 'View', 'Machine'].map(sayText);

/** In the order of the folders, whose names people read. */
export const panelEntries = (page: Page, limits: Limits, actions: PanelActions): ControlEntry[] =>
  entriesIn(page, limits, actions).map((entry) => ({ ...entry, folder: sayText(entry.folder!) }));

function entriesIn(page: Page, limits: Limits, actions: PanelActions): ControlEntry[] {
  const panel = { page, limits, actions, config: () => page.session.config() };
  const { Network, Data, Dynamics, Start, Machine, ...rare } = fieldsOf(panel.config());
  const [dt, ...dynamics] = entriesOf(panel, 'Dynamics', Dynamics);
  return [
    widthEntry(panel),
    ...entriesOf(panel, 'Network', Network),
    ...entriesOf(panel, 'Data', Data),
    dt,
    stableEntry(page, 'Dynamics', actions.entriesChanged),
    ...dynamics,
    ...frozenEntries(panel),
    ...Object.entries(rare).flatMap(([folder, fields]) => entriesOf(panel, folder, fields)),
    ...runEntries(page, actions.entriesChanged),
    ...entriesOf(panel, 'Start', Start),
    ...viewEntries(panel),
    ...entriesOf(panel, 'Machine', Machine),
    limitsEntry(panel),
  ];
}
