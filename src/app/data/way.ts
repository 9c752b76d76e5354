/** A way to bring data: one tab of the book. */
import type { ThemeName } from '../../views/palette.ts';
import type { Page } from '../page.ts';

export interface Way {
  /** Comes to sight: what depends on the run or on the size of the book is brought up to date. */
  show(): void;
  setTheme(theme: ThemeName): void;
}

export interface WayEntry {
  /** Text of its tab. */
  readonly title: string;
  /** One sentence over it. */
  readonly help: string;
  readonly make: (host: HTMLElement, page: Page) => Way;
}
