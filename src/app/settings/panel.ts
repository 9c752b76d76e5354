/**
 * The settings, as entries for the panel: every choice comes from a registry, every change goes through
 * configure.
 */
import type { ControlEntry } from '../../views/controls.ts';
import type { Page } from '../page.ts';
import { dynamicsEntries } from './dynamics.ts';
import type { Limits, PanelActions } from './entry.ts';
import { machineEntries } from './machine.ts';
import { networkEntries } from './network.ts';
import { runEntries } from './run.ts';
import { startEntries } from './start.ts';
import { viewEntries } from './view.ts';

/** In the order of the folders. */
export function panelEntries(page: Page, limits: Limits, actions: PanelActions): ControlEntry[] {
  const panel = { page, limits, actions, config: () => page.session.config() };
  return [
    ...networkEntries(panel),
    ...dynamicsEntries(panel),
    ...runEntries(page, actions.entriesChanged),
    ...startEntries(panel),
    ...viewEntries(panel),
    ...machineEntries(panel),
  ];
}
