/**
 * What can be opened beside the cloud. Adding one is adding one entry: its button, key and help come from here.
 */
import type { BookEntry } from './shelf.ts';
import { say } from '../say.ts';

export const BOOKS = {
  lecture: {
    title: say('Lecture'),
    summary: say('Nine chapters, each with a live scene.'),
    key: 'l',
    load: async (host, page, close) => new (await import('../lecture/lecture.ts')).Lecture(host, page, close),
  },
  data: {
    title: say('Data'),
    summary: say('Your own data: pick, draw, paste or write a formula.'),
    key: 'o',
    load: async (host, page, close) => new (await import('../data/book.ts')).DataBook(host, page, close),
  },
  compare: {
    title: say('Compare'),
    summary: say('Two runs side by side, or networks of many widths in one chart.'),
    key: 'c',
    load: async (host, page, close) => new (await import('../compare/book.ts')).CompareBook(host, page, close),
  },
  measure: {
    title: say('Measure'),
    summary: say('Rates of the theory, measured here with error bars.'),
    key: 'm',
    load: async (host, page, close) =>
      new (await import('../measure/panel.ts')).MeasurePanel(host, page, close),
  },
  save: {
    title: say('Save'),
    summary: say('Picture, film, numbers, the run: everything that can be saved.'),
    key: 's',
    load: async (host, page, close) => new (await import('../save/book.ts')).SaveBook(host, page, close),
  },
  help: {
    title: '?',
    summary: say('Keys, gestures and words.'),
    key: '?',
    load: async (host, page, close) => new (await import('../help/sheet.ts')).HelpSheet(host, page, close),
  },
} as const satisfies Record<string, BookEntry>;

export type BookName = keyof typeof BOOKS;
export const BOOK_NAMES = Object.keys(BOOKS) as BookName[];
