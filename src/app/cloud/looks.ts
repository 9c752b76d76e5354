/**
 * Dark or light, and how much of the page is there: everything, what a projector needs, or what a frame in
 * another page needs.
 */
import type { ThemeName } from '../../views/palette.ts';
import type { Mode, View } from '../links/view.ts';

export class Looks {
  private readonly light = matchMedia('(prefers-color-scheme: light)');
  private theme = this.wished;
  /** The person has taken another than that of the machine. */
  private chosen = false;
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
    this.light.addEventListener('change', () => this.follow());
    if (mode !== 'full') this.setMode(mode);
  }

  toggleTheme(): void {
    this.chosen = true;
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

  /** That of the machine. */
  private get wished(): ThemeName {
    return this.light.matches ? 'light' : 'dark';
  }

  /** The machine has turned dark or light, by the hour perhaps. */
  private follow(): void {
    if (this.chosen) return;
    if (this.view.mode === 'present') this.before = this.wished;
    else this.setTheme(this.wished);
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
