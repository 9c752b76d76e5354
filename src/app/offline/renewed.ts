/** A tab that is open while its server gets another version looks for scripts that are no longer there. */
import { say } from '../say.ts';

/** In the words of Chromium, Firefox and WebKit. */
const MISSING = /dynamically imported module|importing a module script failed|unable to preload css/i;

export const isOfOldPage = (error: unknown): boolean => error instanceof Error && MISSING.test(error.message);

export const RENEWED = say(
  'A part of this page cannot be loaded: its server has another version by now, or there is no network. The run goes on; a reload brings the page up to date.',
);
