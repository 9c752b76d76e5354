/** The gallery: presets live, in frames of the page that is built beside the site. */
import { PRESET_NAMES, PRESETS, type PresetName } from '../../src/experiments/presets.ts';
import { PAPERS } from '../../src/experiments/papers/registry.ts';

/** Stands for the page's address, until it is known how deep below it a page of the site lies. */
export const PAGE = 'https://page.invalid/';

const frame = (preset: PresetName): string =>
  `<iframe src="${PAGE}#preset=${preset}&amp;mode=bare" title="${PRESETS[preset].title}: a network as a moving cloud" ` +
  'loading="lazy" allow="fullscreen"></iframe>';

const shown = (preset: PresetName): string =>
  [
    `### ${PRESETS[preset].title}`,
    PRESETS[preset].summary,
    `<details class="live" name="live"><summary>Show it live</summary>\n${frame(preset)}\n</details>`,
    `[Open it in the page](${PAGE}#preset=${preset}), or \`mckean run ${preset} --out runs/${preset}\`.`,
  ].join('\n\n');

export function gallery(): string {
  const own = PRESET_NAMES.filter((name) => !Object.hasOwn(PAPERS, name));
  const papers = PRESET_NAMES.filter((name) => Object.hasOwn(PAPERS, name));
  return [
    '# Gallery',
    'Every preset of the page. A frame begins when it is opened, computes on your machine, in WebGPU where there is an adapter, and needs the page ' +
      'beside this site, as `npm run build` and `npm run docs` leave them in `dist/`. One is open at a time.',
    '## Pictures to begin with',
    ...own.map(shown),
    '## Experiments of papers',
    'What each says and how it is held to theory: [The papers, reproduced](../papers.md).',
    ...papers.map(shown),
  ].join('\n\n');
}
