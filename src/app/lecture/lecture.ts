/** The lecture beside the cloud: one chapter at a time, with its formula, something to try and a question. */
import { button, make } from '../dom.ts';
import { CHAPTERS, type Chapter } from './chapters.ts';
import formulas from './formulas.tex';
import { CHAPTER_IDS, type ChapterId } from './ids.ts';

export interface LectureActions {
  /** A chapter is turned to: set its scene. */
  show(chapter: Chapter): void;
  close(): void;
}

export class Lecture {
  current: ChapterId | null = null;

  constructor(private readonly host: HTMLElement, private readonly actions: LectureActions) {
    host.hidden = true;
  }

  /** Turns to a chapter and sets its scene, or puts the lecture away. */
  turn(id: ChapterId | null): void {
    this.open(id);
    if (id === null) this.actions.close();
    else this.actions.show(CHAPTERS[id]);
  }

  /** Shows a chapter's text, whatever the scene is: a link may bring its own. */
  open(id: ChapterId | null): Chapter | null {
    this.current = id;
    this.host.hidden = id === null;
    if (id === null) return null;
    this.host.replaceChildren(...this.page(id));
    this.host.scrollTop = 0;
    return CHAPTERS[id];
  }

  /** Turns `by` chapters on, as far as there are any. */
  move(by: number): void {
    const at = this.current === null ? -1 : CHAPTER_IDS.indexOf(this.current), next = CHAPTER_IDS[at + by];
    if (next) this.turn(next);
  }

  private page(id: ChapterId): HTMLElement[] {
    const chapter: Chapter = CHAPTERS[id], at = CHAPTER_IDS.indexOf(id);
    const formula = make('div', 'formula');
    formula.innerHTML = formulas[id];
    formula.tabIndex = 0; // it scrolls sideways where it is too wide
    formula.setAttribute('role', 'group');
    formula.setAttribute('aria-label', 'Formula');
    return [
      this.bar(at),
      make('h2', '', chapter.title),
      ...chapter.text.map((paragraph) => make('p', '', paragraph)),
      formula,
      titled('Try', chapter.exercise),
      this.question(chapter),
      ...(chapter.erratum ? [titled('Erratum', chapter.erratum)] : []),
      this.ends(at),
    ];
  }

  private bar(at: number): HTMLElement {
    const bar = make('div', 'lecture-bar'), menu = make('select', '');
    menu.setAttribute('aria-label', 'Chapter');
    menu.append(...CHAPTER_IDS.map((id, i) => new Option(`${i + 1}. ${CHAPTERS[id].title}`, id)));
    menu.value = CHAPTER_IDS[at];
    menu.addEventListener('change', () => this.turn(menu.value as ChapterId));
    bar.append(menu, button('Close', () => this.turn(null)));
    return bar;
  }

  private question({ question, answer }: Chapter): HTMLElement {
    const details = make('details', 'question');
    details.append(make('summary', '', question), make('p', '', answer));
    return details;
  }

  private ends(at: number): HTMLElement {
    const bar = make('div', 'lecture-ends'), back = button('Back', () => this.move(-1)), next = button('Next', () => this.move(1));
    back.disabled = at === 0;
    next.disabled = at === CHAPTER_IDS.length - 1;
    bar.append(back, make('span', '', `${at + 1} of ${CHAPTER_IDS.length}`), next);
    return bar;
  }
}

function titled(title: string, text: string): HTMLElement {
  const paragraph = make('p', title.toLowerCase());
  paragraph.append(make('strong', '', `${title}: `), text);
  return paragraph;
}
