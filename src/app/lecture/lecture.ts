/** The lecture beside the cloud: one chapter at a time, with its formula, something to try and a question. */
import type { ThemeName } from '../../views/palette.ts';
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import type { Book } from '../shell/shelf.ts';
import { Attempts } from './attempts.ts';
import { CHAPTERS, type Chapter } from './chapters.ts';
import { fitWidth } from './fit.ts';
import formulas from './formulas.tex';
import './font/font.css';
import './lecture.css';
import { paperScenes } from './paper-scenes.ts';
import { sourceLink, titled } from './parts.ts';
import { predicting, type Predicting } from './predicting.ts';
import { PREDICTIONS } from './predictions.ts';
import { sourceOf } from './sources.ts';
import { TaskCard } from './tasks/task-card.ts';
import { triesOf } from './tries.ts';
import { whyCards } from './why-cards.ts';
import { CHAPTER_IDS, type ChapterId } from './ids.ts';
import { say } from '../say.ts';

/** Steps between two pictures, where a chapter says nothing of it. */
const FAST = 1000;

export class Lecture implements Book {
  private current: ChapterId = CHAPTER_IDS[0];
  /** A link to a chapter may bring settings of its own: then the scene is left alone, once. */
  private bare = true;
  private attempts: Attempts | null = null;
  private prediction: Predicting | null = null;
  private task: TaskCard | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly page: Page,
    private readonly putAway: () => void,
  ) {}

  /** The chapter at which it opens next, with its scene or without. */
  mark(id: ChapterId, scene: boolean): Chapter {
    this.current = id;
    this.bare = scene;
    return CHAPTERS[id];
  }

  show(): Promise<void> {
    return this.turn(this.current);
  }

  close(): void {
    const { view, cloud } = this.page;
    this.end();
    view.chapter = null;
    if (cloud.colour !== 'sign') view.colour = cloud.colour; // it stays, now without a chapter that would say so
    this.page.linkChanged();
  }

  setTheme(theme: ThemeName): void {
    this.prediction?.setTheme(theme);
  }

  /** What the chapter had under way. */
  private end(): void {
    this.attempts?.end();
    this.prediction?.end();
    this.task?.end();
    this.attempts = this.prediction = this.task = null;
  }

  /** Turns to a chapter and sets its scene, playing unless the person wants no motion. */
  private async turn(id: ChapterId): Promise<void> {
    const { page } = this;
    const { scene, colour, pace = FAST }: Chapter = CHAPTERS[id];
    const setScene = this.bare;
    this.current = page.view.chapter = id;
    this.bare = true;
    this.end();
    this.host.replaceChildren(...this.pages(id));
    this.host.scrollTop = 0;
    if (setScene) page.view.colour = null;
    page.cloud.set({ colour: page.view.colour ?? colour });
    page.linkChanged();
    if (!setScene) return;
    page.tell('');
    await page.session.configure(scene);
    page.session.pace.most = pace;
    page.rack.forget(); // another chapter is another story
    if (!page.still) await page.session.play();
  }

  /** Turns `by` chapters on, as far as there are any. */
  private move(by: number): void {
    const next = CHAPTER_IDS[CHAPTER_IDS.indexOf(this.current) + by];
    if (next) this.page.act(() => this.turn(next));
  }

  private pages(id: ChapterId): HTMLElement[] {
    const chapter: Chapter = CHAPTERS[id];
    const at = CHAPTER_IDS.indexOf(id);
    const { page } = this;
    const asked = PREDICTIONS[id];
    this.attempts = new Attempts(page, chapter.scene, triesOf(id));
    this.prediction = asked ? predicting(page, id, chapter.scene, asked) : null;
    this.task = new TaskCard(page, id);
    const formula = make('div', 'formula');
    formula.innerHTML = formulas[id];
    fitWidth(formula);
    formula.tabIndex = 0; // it scrolls sideways where it is too wide all the same
    formula.setAttribute('role', 'group');
    formula.setAttribute('aria-label', say('Formula'));
    return [
      this.bar(at),
      make('h2', '', chapter.title),
      ...chapter.text.map((paragraph) => make('p', '', paragraph)),
      formula,
      ...(this.prediction ? [this.prediction.element] : []),
      titled(say('Try'), chapter.exercise, 'try'),
      this.attempts.element,
      this.question(chapter),
      this.task.element,
      ...whyCards(page, id),
      ...(chapter.experiments ? paperScenes(page) : []),
      ...(chapter.erratum ? [titled(say('Erratum'), chapter.erratum, 'erratum')] : []),
      sources(chapter),
      this.ends(at),
    ];
  }

  private bar(at: number): HTMLElement {
    const bar = make('div', 'lecture-bar');
    const menu = make('select', '');
    menu.setAttribute('aria-label', say('Chapter'));
    menu.append(...CHAPTER_IDS.map((id, i) => new Option(`${i + 1}. ${CHAPTERS[id].title}`, id)));
    menu.value = CHAPTER_IDS[at];
    menu.addEventListener('change', () => this.page.act(() => this.turn(menu.value as ChapterId)));
    bar.append(menu, button(say('Close'), this.putAway));
    return bar;
  }

  private question({ question, answer }: Chapter): HTMLElement {
    const details = make('details', 'question');
    details.append(make('summary', '', question), make('p', '', answer));
    return details;
  }

  private ends(at: number): HTMLElement {
    const bar = make('div', 'lecture-ends');
    const back = button(say('Back'), () => this.move(-1));
    const next = button(say('Next'), () => this.move(1));
    back.disabled = at === 0;
    next.disabled = at === CHAPTER_IDS.length - 1;
    bar.append(
      back,
      make('span', '', say('{chapter} of {count}', { chapter: at + 1, count: CHAPTER_IDS.length })),
      next,
    );
    return bar;
  }
}

function sources({ sources: names }: Chapter): HTMLElement {
  const list = make('ul', 'sources');
  list.setAttribute('aria-label', say('Sources'));
  for (const { title, link } of names.map(sourceOf)) {
    const item = make('li', '');
    const text = link === undefined ? make('span', '', title) : sourceLink(title, link);
    item.append(text);
    list.append(item);
  }
  return list;
}
