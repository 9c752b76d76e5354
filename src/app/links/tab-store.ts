import { quietly } from '../quietly.ts';

/** Texts that this tab finds again when it is loaded anew, and nobody else; they go with the tab. */
export interface TabStore {
  get(name: string): string | null;
  /** Whether there was room; null takes it away. */
  set(name: string, text: string | null): boolean;
}

const keyOf = (name: string): string => `mckean ${name}`;

/** A browser or a frame that denies it keeps nothing. */
export const TAB: TabStore = {
  get: (name) => quietly(() => sessionStorage.getItem(keyOf(name))),
  set: (name, text) =>
    quietly(() => {
      if (text === null) sessionStorage.removeItem(keyOf(name));
      else sessionStorage.setItem(keyOf(name), text);
      return true;
    }) ?? false,
};
