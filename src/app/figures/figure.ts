/** The contract of a figure beside the cloud. */
import type { ThemeName } from '../../views/palette.ts';
import type { Page } from '../page.ts';

/** Columns of equal length by name; text or numbers. */
export type Table = Readonly<Record<string, ArrayLike<number | string>>>;

export interface Figure {
  /** Another engine or problem, and the cloud stands. */
  begin(): void | Promise<void>;
  /** θ has moved. */
  advance(): void;
  /** θ stands: what shows now and then is brought up to it. */
  rest?(): void;
  setTheme(theme: ThemeName): void;
  /** Lets earlier runs go, where it keeps any. */
  forget?(): void;
  /** Everything it shows now, for a CSV file; null where it shows nothing. */
  table(): Table | null | Promise<Table | null>;
  /** Frees what it holds; its place is emptied by the rack. */
  destroy(): void;
}

/** Where a figure draws. */
export interface FigurePlace {
  readonly body: HTMLElement;
  /** The sentence above it. */
  title(text: string): void;
  /** False where the present run has nothing to show here: then the figure is out of sight. */
  applies(on: boolean): void;
}

export interface FigureEntry {
  /** Name in the menu of figures. */
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Stands there from the start. */
  readonly standard: boolean;
  /** Stands below the settings, which many seek first. */
  readonly below?: boolean;
  readonly open: (place: FigurePlace, page: Page) => Figure | Promise<Figure>;
}
