/** A figure as large as the window, until it is closed. */
import type { Page } from '../page.ts';
import { pictureOf, pin } from '../pins/pins.ts';
import { button, make } from '../shell/dom.ts';
import { say } from '../say.ts';

/** `figure` comes back to its place. */
export function enlarge(figure: HTMLElement, page: Page): void {
  const place = document.createComment('');
  const dialog = make('dialog', 'enlarged');
  const bar = make('div', 'enlarged-bar');
  const body = figure.querySelector<HTMLElement>('.plot')!;
  const title = figure.querySelector<HTMLElement>('figcaption span')!;
  const from = document.activeElement as HTMLElement | null;
  bar.append(
    button(say('Pin'), () => {
      const ground = getComputedStyle(dialog).backgroundColor;
      dialog.close();
      // as it is drawn where it stood
      afterPictures(3, () => pin(page, pictureOf(body, ground), title.textContent!));
    }),
    button(say('Close'), () => dialog.close()),
  );
  dialog.setAttribute('aria-labelledby', title.id);
  figure.before(place);
  dialog.append(bar, figure);
  document.body.append(dialog);
  // Escape is for the dialog, not for the book behind it
  dialog.addEventListener('keydown', (event) => event.key === 'Escape' && event.stopPropagation());
  dialog.addEventListener('close', () => {
    if (figure.isConnected) place.replaceWith(figure);
    else place.remove();
    dialog.remove();
    from?.focus();
  });
  dialog.showModal();
}

function afterPictures(count: number, work: () => void): void {
  requestAnimationFrame(() => (count > 1 ? afterPictures(count - 1, work) : work()));
}
