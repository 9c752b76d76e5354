/** The page's panel of settings, whose scripts the first picture does not wait for. */
import { typedFault, typedNumber } from '../../core/words/typed-number.ts';
import type { Controls } from '../../views/controls.ts';
import type { ThemeName } from '../../views/palette.ts';
import type { Page } from '../page.ts';
import { Turns } from '../run/turns.ts';
import { say } from '../say.ts';

export class SettingsHost {
  private controls: Controls | null = null;
  private readonly limits = { lifted: false };
  private readonly turns = new Turns(0.02, 1000);

  /** `configure` lays a setting on the run's configuration. */
  constructor(
    private readonly element: HTMLElement,
    private readonly page: Page,
    private readonly configure: (partial: object) => void,
  ) {}

  /** Entries of the run that is open. */
  async show(): Promise<void> {
    const [{ Controls }, { CLOSED, panelEntries }] = await Promise.all([
      import('../../views/controls.ts'),
      import('./panel.ts'),
    ]);
    const entries = panelEntries(this.page, this.limits, {
      configure: this.configure,
      entriesChanged: () => queueMicrotask(() => void this.show()), // not under the control that asks for it
    });
    if (this.controls) this.controls.setEntries(entries);
    else
      this.controls = new Controls(this.element, entries, {
        title: say('Settings'),
        theme: this.page.theme,
        closed: CLOSED,
        read: (typed) => typedFault(typed, {}) || typedNumber(typed)!,
        refuse: (typed, reason) => this.page.tell(say('"{typed}" is not taken: {reason}.', { typed, reason })),
      });
  }

  /** Steps were done: what changes with them is read anew, now and then. */
  advance(): void {
    void this.turns.take(
      (work) => work(),
      async () => this.controls?.updateDisplay(),
    );
  }

  setTheme(theme: ThemeName): void {
    this.controls?.setTheme(theme);
  }
}
