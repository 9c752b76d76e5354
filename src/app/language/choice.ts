/** Which language the page speaks: its address says so (?lang=de), or the person did, or the browser does. */
import { LANGUAGE_NAMES, type LanguageName } from '../../words/languages.ts';
import { quietly } from '../quietly.ts';

const NAME = 'mckean language';
const PARAMETER = 'lang';

/** The language of a tag such as de-AT; null for one that the page has not. */
const languageOf = (tag: string): LanguageName | null =>
  LANGUAGE_NAMES.find((name) => tag.toLowerCase().split(/[-_]/)[0] === name) ?? null;

/** The first wish that can be had. */
export const firstOf = (wishes: readonly (string | null)[]): LanguageName =>
  wishes.map((wish) => languageOf(wish ?? '')).find((name) => name !== null) ?? 'en';

export const chosenLanguage = (): LanguageName =>
  firstOf([
    new URLSearchParams(location.search).get(PARAMETER),
    quietly(() => localStorage.getItem(NAME)),
    ...(navigator.languages ?? []),
  ]);

/** Keeps the choice on this device and loads the page anew: its address holds the run's settings. */
export function chooseLanguage(name: LanguageName): void {
  quietly(() => localStorage.setItem(NAME, name));
  const address = new URL(location.href);
  // an address that names a language goes on naming one, as does one of a page that may keep nothing
  const isKept = quietly(() => localStorage.getItem(NAME)) === name;
  if (address.searchParams.has(PARAMETER) || !isKept) address.searchParams.set(PARAMETER, name);
  if (address.href === location.href) location.reload();
  else location.replace(address); // another query: the page is loaded
}
