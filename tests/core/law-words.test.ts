import { describe, expect, it } from 'vitest';
import { cited, partsOf } from '../../src/core/words/law.ts';
import { MEASUREMENTS } from '../../src/experiments/measure/registry.ts';

/** With marks of its own in place of raised and lowered type. */
const shown = (law: string): string =>
  partsOf(law)
    .map(({ text, place }) => (place === 'line' ? text : place === 'sup' ? `⌈${text}⌉` : `⌊${text}⌋`))
    .join('');

describe('a law', () => {
  it.each([
    ['Θ(n^(−1/2))', 'Θ(n⌈−1/2⌉)'],
    ['E |f^(n)_t − f_t|²', 'E |f⌈(n)⌉⌊t⌋ − f⌊t⌋|²'],
    ['Σ_β r^β ⟨x^α,x^β⟩ g_j^β', 'Σ⌊β⌋ r⌈β⌉ ⟨x⌈α⌉,x⌈β⌉⟩ g⌊j⌋⌈β⌉'],
    ['Θ(n^max(2(κ−a), κ−1))', 'Θ(n⌈max(2(κ−a), κ−1)⌉)'],
    ['ρ^⊗k ≲ (1/n) e^(ct)', 'ρ⌈⊗k⌉ ≲ (1/n) e⌈ct⌉'],
    ['exp(−n^κ K_0 t/m)(f_0 − y)', 'exp(−n⌈κ⌉ K⌊0⌋ t/m)(f⌊0⌋ − y)'],
  ])('%s', (law, wanted) => expect(shown(law)).toBe(wanted));

  it('is told apart from where it is derived', () => {
    expect(cited('w1² is kept (docs/model.md, fact 2)')).toEqual({ law: 'w1² is kept', place: 'fact 2' });
    expect(cited('f_t stays (docs/model.md, Dynamics; Yang, Hu 2020)')).toEqual({
      law: 'f_t stays (Yang, Hu 2020)',
      place: 'Dynamics',
    });
  });

  it.each(Object.entries(MEASUREMENTS))('of %s has no raw sign of type left', (_, { law }) =>
    expect(
      partsOf(cited(law).law)
        .map(({ text }) => text)
        .join(''),
    ).not.toMatch(/[\^_]|model\.md/),
  );
});
