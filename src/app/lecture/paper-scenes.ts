/** The experiments of papers as scenes: what each claims, what to look at while it runs, and where it is measured. */
import { PAPER_NAMES, PAPERS } from '../../experiments/papers/registry.ts';
import type { Page } from '../page.ts';
import { asEnglish, button, make } from '../shell/dom.ts';
import { sourceLink, titled } from './parts.ts';
import { say, sayText } from '../say.ts';

type PaperName = (typeof PAPER_NAMES)[number];

/** One line a paper, which opens into its scene. */
export function paperScenes(page: Page): HTMLElement[] {
  return PAPER_NAMES.map((name) => {
    const scene = make('details', 'question scene');
    const title = make('summary', '', sayText(PAPERS[name].title));
    scene.append(title);
    scene.addEventListener('toggle', () => {
      if (scene.childElementCount > 1) return;
      page.act(async () => scene.replaceChildren(title, ...(await linesOf(name)), ...endOf(page, name)));
    });
    return scene;
  });
}

async function linesOf(name: PaperName): Promise<HTMLElement[]> {
  const { claim, look, differs, citations } = await PAPERS[name].paper();
  const sources = make('p', '');
  sources.append(
    ...citations.flatMap(({ authors, year, title, url }, k) => [
      ...(k === 0 ? [] : ['; ']),
      sourceLink(`${authors} ${year}: ${title}`, url),
    ]),
  );
  return [
    make('p', '', sayText(PAPERS[name].summary)),
    titled(say('It says'), asEnglish(make('span', '', claim))),
    titled(say('Look'), asEnglish(make('span', '', look)), 'look'),
    asEnglish(make('p', '', differs)),
    sources,
  ];
}

function endOf(page: Page, name: PaperName): HTMLElement[] {
  const run = async (): Promise<void> => {
    await page.session.configure({ preset: name });
    page.rack.forget();
    await page.session.play();
  };
  return [
    button(say('Show it run'), () => page.act(run)),
    make('p', '', say('Measured in the book Measure, or by: mckean reproduce {name}', { name })),
  ];
}
