/** The site of the documentation: what its generator finds, turns and typesets. The site itself `npm run docs` checks. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenLinks } from '../../docs/site/links.ts';
import { HOME, ROOT, SITE, UNUSED, written } from '../../docs/site/pages.ts';
import { reference } from '../../docs/site/reference.ts';
import { scripted } from '../../docs/site/typeset.ts';
import type { Json } from '../../src/core/config/json-schema.ts';
import { PRESET_NAMES } from '../../src/experiments/presets.ts';
import { SCHEMAS } from '../../src/experiments/schemas.ts';
import { folder } from '../support/cli.ts';

const SOURCES = join(ROOT, '.cache/docs');

describe('pages', () => {
  it('have all of the README but what leads on to other pages', () => {
    expect([...UNUSED]).toEqual(['As a library', 'Building on it']);
  });

  it.each(Object.keys(SITE))('%s begins with its heading, and its links lead somewhere', (name) => {
    const page = written(SITE[name], SOURCES);
    expect(page).toMatch(/^---\ntitle: ".+"\ngroup: \w+\n---\n\n# \S/);
    const links = [...page.matchAll(/\]\((?!https?:)([^)#]+\.md)/g)].map(([, target]) => target);
    expect(links.filter((target) => !(target.replace('.md', '') in SITE))).toEqual([]);
  });

  it('what is seen first leads on to the others', () => {
    expect([...written(HOME, SOURCES).matchAll(/\]\(([\w-]+)\.md/g)].length).toBeGreaterThan(8);
  });

  it('the gallery has a frame for every preset', () => {
    const gallery = written(SITE.gallery, SOURCES);
    for (const name of PRESET_NAMES) expect(gallery).toContain(`#preset=${name}&amp;mode=bare`);
  });
});

/** Paths of fields, but for those of laws and of families, which stand in tables of their own. */
function pathsIn(json: Json, path = ''): string[] {
  const forms = [json, ...((json.anyOf ?? []) as Json[])];
  return forms.flatMap((form) =>
    Object.entries((form.properties ?? {}) as Record<string, Json>).flatMap(([key, field]) => {
      const here = path === '' ? key : `${path}.${key}`;
      return 'law' in (form.properties as object) || path === 'data.parameters'
        ? []
        : [here, ...pathsIn(field, here)];
    }),
  );
}

it('the reference has every field, every name and every data set', () => {
  const text = reference();
  const sections = ['data', 'model', 'parameterization', 'initial', 'dynamics', 'record'];
  const paths = [...new Set(pathsIn(SCHEMAS.config()))].filter((path) => !sections.includes(path));
  expect(paths.length).toBeGreaterThan(60);
  expect(paths.filter((path) => !text.includes(`| \`${path}\` |`))).toEqual([]);
  for (const name of [...PRESET_NAMES, 'tanh', 'rk4', 'sector', 'cross-entropy', 'two-gaussians', 'over-loss'])
    expect(text).toContain(`| \`${name}\` |`);
  expect(text).not.toMatch(/undefined|\[object/);
});

describe('links', () => {
  const site = folder();
  const page = (name: string, body: string): void => {
    mkdirSync(join(site, 'deep'), { recursive: true });
    writeFileSync(join(site, name), `<html><body>${body}</body></html>`);
  };
  page(
    'index.html',
    '<h2 id="a&amp;b">x</h2><a href="deep/page.html#there">in</a><a href="https://example.org">out</a>',
  );
  writeFileSync(join(site, 'picture.svg'), '');

  it('that lead somewhere are none of those that do not', () => {
    page(
      'deep/page.html',
      '<h2 id="there"></h2><a href="../index.html#a%26b"></a><img src="../picture.svg"><a href="../../#preset=x"></a>',
    );
    expect(brokenLinks(site, () => null)).toEqual([]);
  });

  it.each([
    ['<a href="nowhere.html">', 'nowhere.html is not there'],
    ['<a class="x" href="../index.html#c">', '../index.html#c has no place #c'],
    ['<a href="#c">', '#c has no place #c'],
    ['<img alt="" src="../no.png">', '../no.png is not there'],
    ['<script src="https://example.org/x.js">', 'https://example.org/x.js is loaded from elsewhere'],
    ['<a href="../../x/">', '../../x/ is beside it'],
  ])('%s is found', (link, why) => {
    page('deep/page.html', `<h2 id="there"></h2>${link}`);
    expect(brokenLinks(site, () => 'is beside it')).toEqual([`${join('deep', 'page.html')}: ${why}`]);
  });
});

describe('letters beside others', () => {
  it.each([
    ['n^(−a) Σ_j w1_j φ(h_j^α)', 'n<sup>−a</sup> Σ<sub>j</sub> w1<sub>j</sub> φ(h<sub>j</sub><sup>α</sup>)'],
    ['ρ_t^(n) in R^(c+d)', 'ρ<sub>t</sub><sup>(n)</sup> in R<sup>c+d</sup>'],
    ['n^−1.06, 2^53 and {±1}^d', 'n<sup>−1.06</sup>, 2<sup>53</sup> and {±1}<sup>d</sup>'],
    ['K^{αβ}, θ_{k+1}, C_ij', 'K<sup>αβ</sup>, θ<sub>k+1</sub>, C<sub>ij</sub>'],
  ])('%s', (text, html) => expect(scripted(text)).toBe(html));

  it.each(['MCKEAN_GPU', 'CUDA_VISIBLE_DEVICES', 'python_path', '__proto__', 'a_long_name', 'w^', 'x_'])(
    '%s stays as it is',
    (text) => expect(scripted(text)).toBe(text),
  );
});
