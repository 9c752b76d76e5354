/**
 * Dark or light, and how much of the page is there: everything, what a projector needs, or what a frame in
 * another page needs.
 */
import type { ThemeName } from '../../views/palette.ts';
import type { Mode, View } from '../links/view.ts';

export class Looks {
  private theme: ThemeName = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  /** What the person had before a projector asked for white. */
  private before: ThemeName | null = null;

  /** `paint` brings every part into a theme; `changed` follows another mode. */
  constructor(
    private readonly view: Pick<View, 'mode'>,
    private readonly paint: (theme: ThemeName) => void,
    private readonly changed: () => void,
  ) {}

  begin(): void {
    const { mode } = this.view;
    this.setTheme(this.theme);
    if (mode !== 'full') this.setMode(mode);
  }

  toggleTheme(): void {
    this.setTheme(this.theme === 'dark' ? 'light' : 'dark');
  }

  /** Everything is there again. */
  leave(): void {
    this.setMode('full');
  }

  /** Into a mode, or out of it again. */
  toggleMode(mode: Mode): void {
    this.setMode(this.view.mode === mode ? 'full' : mode);
  }

  private setMode(mode: Mode): void {
    this.view.mode = mode;
    document.documentElement.dataset.mode = mode;
    if (mode === 'present' && this.theme === 'dark') {
      this.setTheme('light');
      this.before = 'dark';
    } else if (mode !== 'present' && this.before) {
      this.setTheme(this.before);
    }
    this.changed();
  }

  private setTheme(theme: ThemeName): void {
    this.theme = theme;
    this.before = null;
    document.documentElement.dataset.theme = theme;
    this.paint(theme);
  }
}
