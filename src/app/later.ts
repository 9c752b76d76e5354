/** What the first picture does not wait for. */
import { welcome } from './help/welcome.ts';
import type { Page } from './page.ts';
import { Picking } from './pick/picking.ts';
import { Timeline } from './timeline/timeline.ts';

export function beginLater(page: Page): void {
  new Picking(page);
  new Timeline(page);
  welcome(page);
}
