/** The experiments of papers as scenes: what each claims, what to look at while it runs, and where it is measured. */
import { PAPER_NAMES, PAPERS } from '../../experiments/papers/registry.ts';
import type { Page } from '../page.ts';
import { button, make } from '../shell/dom.ts';
import { sourceLink, titled } from './parts.ts';

type PaperName = (typeof PAPER_NAMES)[number];

/** One line a paper, which opens into its scene. */
export function paperScenes(page: Page): HTMLElement[] {
  return PAPER_NAMES.map((name) => {
    const scene = make('details', 'question scene');
    const title = make('summary', '', PAPERS[name].title);
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
    make('p', '', PAPERS[name].summary),
    titled('It says', claim),
    titled('Look', look),
    make('p', '', differs),
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
    button('Show it run', () => page.act(run)),
    make('p', '', `Measured in the book Measure, or by: mckean reproduce ${name}`),
  ];
}
