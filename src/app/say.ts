/**
 * The page's sentences. What imports `say` from here runs when the catalogue is there, so that constants may be said,
 * too. English waits for nothing.
 */
import { LANGUAGES } from '../words/languages.ts';
import { speak } from '../words/say.ts';
import { chosenLanguage } from './language/choice.ts';
import { translateDocument } from './language/document.ts';

export { say, sayText } from '../words/say.ts';

/** Workers and tests without a page speak English. */
export const language = typeof document === 'undefined' ? 'en' : chosenLanguage();
const { load } = LANGUAGES[language];
if (load) {
  // without it, say offline with another version of the page, English serves
  const catalogue = await load().catch(() => null);
  if (catalogue) {
    speak(catalogue.default);
    translateDocument(document, language);
  }
}
