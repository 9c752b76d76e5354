/** The control by which a person chooses the page's language. */
import { LANGUAGE_NAMES, LANGUAGES, type LanguageName } from '../../words/languages.ts';
import { language, say } from '../say.ts';
import { choiceField } from '../settings/fields.ts';
import { make } from '../shell/dom.ts';
import { chooseLanguage } from './choice.ts';

export function languageMenu(): HTMLElement {
  const names = Object.fromEntries(LANGUAGE_NAMES.map((name) => [name, LANGUAGES[name].name]));
  const { row, input } = choiceField(say('Language'), names);
  for (const option of input.options) option.lang = option.value;
  input.id = 'language';
  input.value = language;
  input.addEventListener('change', () => chooseLanguage(input.value as LanguageName));
  const place = make('div', 'language');
  place.append(row, make('p', 'state', say('The page is loaded anew, and the run begins at step 0.')));
  return place;
}
