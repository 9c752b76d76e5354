/**
 * A browser's language that is none becomes one: `en-US@posix` and `C` of machines without locales, or nothing.
 * Libraries that write numbers ask for it while they load, and throw. Imported beside the first of them to load: a
 * bundler may put what is shared before all of the page's own modules.
 */
const DEFAULT = 'en';

function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}

const correct = (name: string, value: unknown): void => void Object.defineProperty(navigator, name, { value });

function correctLanguages(): void {
  const said = navigator.languages;
  const tags = said.filter(isTag);
  const languages = tags.length > 0 ? tags : [DEFAULT];
  if (!isTag(navigator.language)) correct('language', languages[0]);
  if (said.length === 0 || !said.every(isTag)) correct('languages', Object.freeze(languages));
}

// Node 20, where tests read what needs no page, has no navigator.
if (typeof navigator !== 'undefined') correctLanguages();
