/** The books beside the cloud: loaded when first opened, one open at a time. */
import type { ThemeName } from '../../views/palette.ts';
import { BOOK_NAMES, BOOKS, type BookName } from './books.ts';
import { make } from './dom.ts';
import type { Page } from '../page.ts';

export interface Book {
  /** Comes to sight. */
  show(): void | Promise<void>;
  /** Goes out of sight; what it was doing stops. */
  close(): void;
  setTheme(theme: ThemeName): void;
}

export interface BookEntry {
  /** Text of its button. */
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  readonly key: string;
  /** `close` puts the book away, as its button does. */
  readonly load: (host: HTMLElement, page: Page, close: () => void) => Promise<Book>;
}

export class Shelf {
  private readonly books = new Map<BookName, Promise<Book>>();
  private readonly hosts: Readonly<Record<BookName, HTMLElement>>;
  private opened: BookName | null = null;
  /** What was asked for last: a book that is loaded late must not come over it. */
  private wanted: BookName | null = null;
  /** What had the focus when the open book came: it goes back there. */
  private from: Element | null = null;

  /** `changed` is called when another book, or none, is open. */
  constructor(
    private readonly main: HTMLElement,
    private readonly page: Page,
    private readonly changed: () => void,
  ) {
    this.hosts = Object.fromEntries(
      BOOK_NAMES.map((name) => {
        const host = make('article', 'book');
        host.id = name;
        host.hidden = true;
        host.setAttribute('aria-label', BOOKS[name].title);
        return [name, host];
      }),
    ) as Record<BookName, HTMLElement>;
    main.prepend(...Object.values(this.hosts));
  }

  get open(): BookName | null {
    return this.opened;
  }

  /** The book itself, loaded, wherever it is. */
  load<B extends Book = Book>(name: BookName): Promise<B> {
    const book = this.books.get(name) ?? BOOKS[name].load(this.hosts[name], this.page, () => this.put());
    this.books.set(name, book);
    book.catch(() => this.books.delete(name)); // a network that failed may be back at the next try
    return book as Promise<B>;
  }

  async take(name: BookName): Promise<void> {
    this.wanted = name;
    const from = document.activeElement;
    const book = await this.load(name);
    if (this.wanted !== name) return;
    if (this.opened !== name) this.put();
    this.opened = this.wanted = name;
    this.from = from;
    this.hosts[name].hidden = false;
    // where the page is higher than the window, the bars make room
    if (document.documentElement.scrollHeight > innerHeight) this.main.scrollIntoView();
    await book.show();
    this.changed();
  }

  /** Puts the open book away. */
  put(): void {
    const name = this.opened;
    this.wanted = null;
    if (name === null) return;
    this.opened = null;
    if (this.hosts[name].contains(document.activeElement)) (this.from as HTMLElement | null)?.focus();
    this.hosts[name].hidden = true;
    void this.books.get(name)?.then((book) => book.close());
    this.changed();
  }

  toggle(name: BookName): Promise<void> {
    if (this.opened !== name) return this.take(name);
    this.put();
    return Promise.resolve();
  }

  setTheme(theme: ThemeName): void {
    for (const book of this.books.values()) void book.then((loaded) => loaded.setTheme(theme));
  }
}
