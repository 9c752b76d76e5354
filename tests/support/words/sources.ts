/** All that the page can say in English: what a catalogue must have, no more and no less. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { DATASETS, type DatasetName } from '../../../src/core/datasets.ts';
import { datasetTitle } from '../../../src/app/cloud/caption.ts';
import { MOST_DIRECTIONS, OBSERVABLES, observablesOf } from '../../../src/core/observables.ts';
import { PRESETS } from '../../../src/experiments/presets.ts';
import { settingsTexts } from './settings-texts.ts';

const ROOT = new URL('../../../', import.meta.url);
const CALLS = ['say', 'told', 'asWritten'];

/** First arguments of `say`, by the file that first has them. */
export function saidInCode(): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of ['src/app', 'src/views', 'src/experiments'])
    for (const name of readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const path = `${folder}/${name}`;
      for (const sentence of saidIn(path)) if (!found.has(sentence)) found.set(sentence, path);
    }
  return found;
}

function saidIn(path: string): string[] {
  const text = readFileSync(new URL(path, ROOT), 'utf8');
  const said: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && CALLS.includes(node.expression.getText(file))) {
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) said.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
  visit(file);
  return said;
}

/** What index.html shows or tells a screen reader once the scripts run. */
export function saidInHtml(): string[] {
  const html = readFileSync(new URL('index.html', ROOT), 'utf8');
  const gone = /<p id="waiting">[\s\S]*?<\/p>|<noscript>[\s\S]*?<\/noscript>/g;
  const shown = html.replace(gone, '');
  const texts = [...shown.matchAll(/>([^<]+)</g)].map(([, text]) => text);
  const attributes = [...shown.matchAll(/(?:aria-label|title|content)="([^"]+)"/g)].map(([, text]) => text);
  return [...texts, ...attributes]
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => /\p{L}{2}/u.test(text) && !/^(mckean|width=device-width.*|dark light)$/.test(text));
}

/** Titles and sentences of presets and data sets. */
const scenes = (): string[] => [
  ...Object.values(PRESETS).flatMap(({ title, summary }) => [title, summary]),
  ...(Object.keys(DATASETS) as DatasetName[]).flatMap((name) => [datasetTitle(name), DATASETS[name].summary]),
];

const observables = (): string[] =>
  [
    ...Object.values(OBSERVABLES),
    ...observablesOf({ ...SIZE, directions: Array.from({ length: MOST_DIRECTIONS }, () => [1]) }),
  ]
    .map(({ summary }) => summary)
    .filter((summary) => summary.includes(', ') && /\p{L}{3}/u.test(summary));
const SIZE = { c: 1, d: 1, weights: 1 };

/** By where they come from. */
export const sentences = (): Map<string, string> =>
  new Map([
    ...observables().map((text) => [text, 'figures'] as const),
    ...scenes().map((text) => [text, 'scenes'] as const),
    ...settingsTexts().map((text) => [text, 'settings'] as const),
    ...saidInHtml().map((text) => [text, 'index.html'] as const),
    ...saidInCode(),
  ]);
