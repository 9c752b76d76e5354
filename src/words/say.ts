/**
 * Sentences of the page in the language of its reader. English is the source: it stands in the code, and is what a
 * catalogue is asked for. Without a catalogue a sentence is itself.
 */
import type { Catalogue, Sentence } from './catalogue.ts';

/** Names of a sentence's slots: "n" and "share" of "{share} % on {n}". */
type Slot<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Slot<Rest> : never;
type Value = string | number;
type Values<S extends string> = [Slot<S>] extends [never] ? [] : [Readonly<Record<Slot<S>, Value>>];

let catalogue: Readonly<Record<string, string>> | null = null;

/** From now on sentences are those of the catalogue; null for English. */
export function speak(language: Catalogue | null): void {
  catalogue = language;
}

/** A sentence, with values in its slots. */
export function say<S extends Sentence>(sentence: S, ...[values]: Values<S>): string {
  const said = catalogue?.[sentence] ?? sentence;
  return values ? filled(said, values) : said;
}

/** The same as it is written, whatever the page speaks: what files say does not depend on who saves them. */
export function asWritten<S extends Sentence>(sentence: S, ...[values]: Values<S>): string {
  return values ? filled(sentence, values) : sentence;
}

/** A text of a registry (a field's label, a preset's title) that has its English from elsewhere. */
export const sayText = (text: string): string => catalogue?.[text] ?? text;

const filled = (sentence: string, values: Readonly<Record<string, Value>>): string =>
  sentence.replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
