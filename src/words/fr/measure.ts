/** The book Measure; laws and papers speak English. */
import type { measure as sentences } from '../de/measure.ts';

export const measure: Record<keyof typeof sentences, string> = {
  holds: 'vaut',
  'does not hold': 'ne vaut pas',
  'is undecided: its slopes say why': 'est indécis : les pentes disent pourquoi',
  'is undecided: more replicas would tell': 'est indécis : plus de répliques le diraient',
  'Save {name}': 'Enregistrer {name}',
  Measurement: 'Mesure',
  'Measure a law, or a paper’s experiment': 'Mesurer une loi, ou l’expérience d’un article',
  'Derived in the program’s docs/model.md, {place}.': 'Démontré dans docs/model.md du programme, {place}.',
  ' with an error on purpose: {control}. Then it must fail.':
    ' avec une erreur voulue : {control}. Alors cela doit échouer.',
  '{percent} % on {what}': '{percent} % sur {what}',
  'The law': 'La loi',
  'What the paper says': 'Ce que dit l’article',
  '{whose} {verdict}, in {seconds} s on {what}.': '{whose} {verdict}, en {seconds} s sur {what}.',
  measured: 'mesuré',
  expected: 'attendu',
  '{name}: points with 95 % intervals, slope {slope} (line), expected {expected} (dashed)':
    '{name} : points avec intervalles à 95 %, pente {slope} (trait), attendue {expected} (tirets)',
  Laws: 'Lois',
  Papers: 'Articles',
  fails: 'échoue',
  undecided: 'indécis',
  '{path} cannot be read by a page': '{path} ne peut être lu par une page',
  'n = {widths}; {replicas} replicas': 'n = {widths} ; {replicas} répliques',
  'To see it run: {look}': 'Pour la voir tourner : {look}',
};
