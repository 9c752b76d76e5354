import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHAPTERS, type Chapter } from '../../src/app/lecture/chapters.ts';
import { mergeConfig } from '../../src/core/config/config.ts';
import { CHAPTER_IDS, type ChapterId } from '../../src/app/lecture/ids.ts';
import { triesOf } from '../../src/app/lecture/tries.ts';
import formulas from '../../src/app/lecture/formulas.tex';
import { formatLink, parseLink } from '../../src/app/links/link.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';

const chapters = Object.entries(CHAPTERS) as [string, Chapter][];

describe.each(chapters)('chapter %s', (id, { scene, text, exercise, question, answer }) => {
  it('has a scene that is a run, and that a link reproduces', () => {
    const config = resolveConfig(scene);
    const link = parseLink(formatLink(config));
    expect(link.notice).toBe('');
    expect(resolveConfig(link.input)).toEqual(config);
  });

  it('has a formula in MathML, without the styles and scripts that a strict content security policy refuses', () => {
    expect(formulas[id]).toMatch(/^(<math [^>]*xmlns[^>]*>[\s\S]*?<\/math>)+$/);
    expect(formulas[id]).not.toMatch(/\bstyle=|<script|katex-error/);
  });

  it('speaks in whole sentences', () => {
    for (const sentence of [...text, exercise, answer]) expect(sentence).toMatch(/\.$/);
    expect(question).toMatch(/\?$/);
  });
});

it.each(chapters)('every try of chapter %s is a run, and stops', (id, { scene }) => {
  for (const { label, set = {}, keeps, stop } of triesOf(id as ChapterId)) {
    expect(() => resolveConfig(mergeConfig(scene, set)), label).not.toThrow();
    expect(stop !== null || keeps, label).toBe(true);
  }
});

it('chapters stand in the order of their names', () => expect(Object.keys(CHAPTERS)).toEqual(CHAPTER_IDS));

it('the formulas’ own type has all of their signs', () => {
  const css = readFileSync(new URL('../../src/app/lecture/font/font.css', import.meta.url), 'utf8');
  const ranges = [...css.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, low, high = low]) => [
    parseInt(low, 16),
    parseInt(high, 16),
  ]);
  const signs = Object.values(formulas)
    .join('')
    .replace(/<annotation[\s\S]*?<\/annotation>|<[^>]+>/g, '')
    .replace(/&lt;|&gt;|&amp;/g, '<')
    .replace(/\s/g, '');
  const missing = [...new Set(signs)].filter(
    (sign) => !ranges.some(([low, high]) => sign.codePointAt(0)! >= low && sign.codePointAt(0)! <= high),
  );
  expect(signs.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

it('no formula is left over', () => {
  expect(Object.keys(formulas).sort()).toEqual(chapters.map(([id]) => id).sort());
  expect(readFileSync(new URL('../../src/app/lecture/formulas.tex', import.meta.url), 'utf8')).toMatch(
    /^%% ntk\n/,
  );
});

describe('a link', () => {
  it('opens a chapter with its scene, or with the settings that it names', () => {
    expect(parseLink('#chapter=naive')).toMatchObject({ view: { chapter: 'naive' }, bare: true, notice: '' });
    expect(parseLink('#preset=moons&chapter=naive')).toMatchObject({
      view: { chapter: 'naive' },
      bare: false,
      input: { preset: 'moons' },
    });
    expect(parseLink(formatLink(resolveConfig({ preset: 'moons' }), { chapter: 'pde' }))).toMatchObject({
      view: { chapter: 'pde' },
      bare: false,
    });
  });
  it('to a chapter that does not exist says so', () => {
    expect(parseLink('#chapter=lazy')).toMatchObject({
      view: { chapter: null },
      notice: expect.stringContaining('chapter = "lazy" is not one of ntk, naive'),
    });
  });
});
