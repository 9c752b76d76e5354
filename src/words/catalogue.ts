/** What a language has to say: each catalogue has the sentences of the first one, no more and no fewer. */
import type de from './de.ts';

export type Sentence = keyof typeof de;
export type Catalogue = Readonly<Record<Sentence, string>>;
