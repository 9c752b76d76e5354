/** The chapters' names, in order: what links know of the lecture before it is loaded. */
export const CHAPTER_IDS = [
  'ntk',
  'naive',
  'mean-field',
  'abc',
  'measure',
  'mckean-vlasov',
  'chaos',
  'pde',
  'papers',
] as const;
export type ChapterId = (typeof CHAPTER_IDS)[number];
