/** Cards that ask why the run does not do what one waits for, and find the answer in the run. */
import type { Page } from '../page.ts';
import { make } from '../shell/dom.ts';
import { factsOf } from './facts.ts';
import type { ChapterId } from './ids.ts';
import { WHYS, type WhyName } from './why.ts';

const OF: Readonly<Record<ChapterId, readonly WhyName[]>> = {
  ntk: ['cloud', 'kernel'],
  naive: ['loss'],
  'mean-field': ['loss', 'kernel'],
  abc: ['loss'],
  measure: ['loss'],
  'mckean-vlasov': ['loss'],
  chaos: ['loss'],
  pde: ['loss'],
  papers: ['loss', 'kernel'],
};

export const whyCards = (page: Page, id: ChapterId): HTMLElement[] => OF[id].map((name) => card(page, name));

function card(page: Page, name: WhyName): HTMLElement {
  const details = make('details', 'question why');
  const answer = make('div', '');
  answer.setAttribute('role', 'status');
  details.append(make('summary', '', WHYS[name].question), answer);
  details.addEventListener('toggle', () => {
    if (!details.open) return;
    page.act(async () => {
      const reasons = WHYS[name].reasons(await factsOf(page.session));
      answer.replaceChildren(...reasons.map((reason) => make('p', '', reason)));
    });
  });
  return details;
}
