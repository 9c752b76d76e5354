/** Pictures that are kept for comparison, below the figures: a few, each with what it shows. */
import type { Page } from '../page.ts';
import { button, make } from '../shell/dom.ts';
import { captionOf } from './caption.ts';
import './pins.css';
import { say } from '../say.ts';

/** The oldest goes where there are more. */
const MOST = 6;

/** Keeps a picture; null is none. */
export function pin(page: Page, picture: HTMLCanvasElement | null, title: string): void {
  const { prepared } = page.session;
  if (!picture || !prepared) return;
  const text = `${title}: ${captionOf(page.session.metrics(), prepared.config)}`;
  const figure = make('figure', 'pin');
  const caption = make('figcaption', '', text);
  const away = button('×', () => (figure.remove(), tidy()));
  away.setAttribute('aria-label', say('Let this picture go: {picture}', { picture: text }));
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', text);
  caption.append(away);
  figure.append(picture, caption);
  const strip = stripOf();
  strip.append(figure);
  if (strip.childElementCount > MOST) strip.firstElementChild!.remove();
  tidy();
  page.tell(say('The picture is kept below the figures.'));
}

function stripOf(): HTMLElement {
  const there = document.getElementById('pins');
  if (there) return there;
  const strip = make('section', 'pins');
  strip.id = 'pins';
  strip.setAttribute('aria-label', say('Pictures kept for comparison'));
  document.getElementById('figures')!.after(strip);
  return strip;
}

const tidy = (): void => {
  const strip = stripOf();
  strip.hidden = strip.childElementCount === 0;
};

/** All canvases of a figure as one picture, as they stand. */
export function pictureOf(body: HTMLElement, ground: string): HTMLCanvasElement | null {
  const frame = body.getBoundingClientRect();
  const sheet = make('canvas', '');
  const scale = devicePixelRatio;
  Object.assign(sheet, { width: Math.round(frame.width * scale), height: Math.round(frame.height * scale) });
  const context = sheet.getContext('2d');
  if (!context || sheet.width === 0 || sheet.height === 0) return null;
  context.fillStyle = ground;
  context.fillRect(0, 0, sheet.width, sheet.height);
  for (const canvas of body.querySelectorAll('canvas')) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    if (canvas.width > 0 && canvas.height > 0)
      context.drawImage(
        canvas,
        (left - frame.left) * scale,
        (top - frame.top) * scale,
        width * scale,
        height * scale,
      );
  }
  return sheet;
}
