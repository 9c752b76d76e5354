/** What the folders of the settings are made of. */
import type { Config } from '../../core/config/config.ts';
import type { Page } from '../page.ts';

export interface PanelActions {
  /** Applies a partial configuration; failures are told to the person. */
  configure(partial: object): void;
  /** Other entries are due. */
  entriesChanged(): void;
}

/** Whether the person has taken the upper limits away. */
export interface Limits {
  lifted: boolean;
}

export interface Panel {
  readonly page: Page;
  readonly limits: Limits;
  readonly actions: PanelActions;
  /** As it is now. */
  readonly config: () => Config;
}
