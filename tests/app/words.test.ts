import { describe, expect, it } from 'vitest';
import { firstOf } from '../../src/app/language/choice.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../src/words/languages.ts';
import { asWritten, say, sayText, speak } from '../../src/words/say.ts';
import { sentences } from '../support/words/sources.ts';

const OTHERS = LANGUAGE_NAMES.filter((name) => name !== 'en') as ('de' | 'fr')[];
const SENTENCES = sentences();

/** What a language may leave as it is: names, formulas, words that it shares with English. */
const ALIKE = {
  de: [
    '{field}: {form}',
    '{title}: ',
    '{title} ({rows}): {summary}.',
    'Esc',
    'Film',
    'Format',
    'Link',
    'Pause',
    'Reset',
    'Xor',
    'axes = "{text}": {how}',
    'compare = "{text}": {value} {wrong}',
    'dt ≈ {limit}{note}',
    'dt{value}: {dt}',
    'φ(z) = erf(z/√2) = √(2/π) ∫₀^z e^(−s²/2) ds',
  ],
  fr: [
    '1 point.',
    'Ctrl',
    'Erratum',
    'Figures',
    'Film',
    'Format',
    'Machine',
    'Observables',
    'Pause',
    'Points',
    'Quantiles',
    'Quantiles {of}',
    'Sources',
    'Xor',
    'activation',
    'activation φ',
    'constant',
    'distance²',
    'dt ≈ {limit}{note}',
    'horizon h',
    'ridge {ridge}, ℓ1 {l1}, variation {variation}',
    'variation λ',
    '{count} points.',
    '{width} × {height} pixels',
    'φ(z) = erf(z/√2) = √(2/π) ∫₀^z e^(−s²/2) ds',
  ],
} as const satisfies Record<(typeof OTHERS)[number], readonly string[]>;

const slotsOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
const endsOf = (text: string): string[] => [/^ */.exec(text)![0], / *$/.exec(text)![0]];

describe.each(OTHERS)('the catalogue %s', async (name) => {
  const catalogue: Readonly<Record<string, string>> = (await LANGUAGES[name].load()).default;

  it('has what the page can say, no less and no more', () => {
    const missing = [...SENTENCES].filter(([sentence]) => !Object.hasOwn(catalogue, sentence));
    expect(missing).toEqual([]);
    expect(Object.keys(catalogue).filter((sentence) => !SENTENCES.has(sentence))).toEqual([]);
  });

  it('fills the same slots, and fits where it is joined to others', () => {
    for (const [sentence, said] of Object.entries(catalogue)) {
      expect(slotsOf(said), sentence).toEqual(slotsOf(sentence));
      expect(endsOf(said), sentence).toEqual(endsOf(sentence));
      expect(said.trim(), sentence).not.toBe('');
    }
  });

  it('leaves no sentence in English', () => {
    const alike = Object.entries(catalogue).filter(([sentence, said]) => sentence === said);
    expect(alike.map(([sentence]) => sentence).sort()).toEqual([...ALIKE[name]].sort());
  });

  it('says a sentence with its values, and files stay English', () => {
    speak(catalogue as never);
    expect(say('step {step}', { step: '1,000' })).toBe(catalogue['step {step}'].replace('{step}', '1,000'));
    expect(asWritten('weight of {name}', { name: 'x' })).toBe('weight of x');
    expect(sayText('Two moons')).toBe(catalogue['Two moons']);
    expect(sayText('tanh')).toBe('tanh');
    speak(null);
    expect(say('step {step}', { step: 3 })).toBe('step 3');
  });
});

it('takes the first language that it has', () => {
  expect(firstOf([null, null, 'de-AT', 'en'])).toBe('de');
  expect(firstOf(['xx', 'fr', 'de'])).toBe('fr');
  expect(firstOf([null, '', 'EN-us', 'de'])).toBe('en');
  expect(firstOf(['zh-Hant', 'ja'])).toBe('en');
});
