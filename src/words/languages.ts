/** Languages of the page. Adding one is adding one entry, and its folder beside this file. */
import type { Catalogue } from './catalogue.ts';

interface Language {
  /** As those who speak it call it. */
  readonly name: string;
  /** Null for the source. */
  readonly load: (() => Promise<{ readonly default: Catalogue }>) | null;
}

export const LANGUAGES = {
  en: { name: 'English', load: null },
  de: { name: 'Deutsch', load: () => import('./de.ts') },
  fr: { name: 'Français', load: () => import('./fr.ts') },
} as const satisfies Record<string, Language>;

export type LanguageName = keyof typeof LANGUAGES;
export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as LanguageName[];
