/** The book Measure; laws and papers speak English. */
export const measure = {
  holds: 'gilt',
  'does not hold': 'gilt nicht',
  'is undecided: its slopes say why': 'ist unentschieden: bei den Steigungen steht, warum',
  'is undecided: more replicas would tell': 'ist unentschieden: mehr Replikate würden es zeigen',
  'Save {name}': '{name} speichern',
  Measurement: 'Messung',
  'Measure a law, or a paper’s experiment': 'Ein Gesetz messen, oder ein Experiment eines Artikels',
  'Derived in the program’s docs/model.md, {place}.': 'Hergeleitet in docs/model.md des Programms, {place}.',
  ' with an error on purpose: {control}. Then it must fail.':
    ' mit einem absichtlichen Fehler: {control}. Dann muss es scheitern.',
  '{percent} % on {what}': '{percent} % auf {what}',
  'The law': 'Das Gesetz',
  'What the paper says': 'Was der Artikel sagt,',
  '{whose} {verdict}, in {seconds} s on {what}.': '{whose} {verdict}, in {seconds} s auf {what}.',
  measured: 'gemessen',
  expected: 'erwartet',
  '{name}: points with 95 % intervals, slope {slope} (line), expected {expected} (dashed)':
    '{name}: Punkte mit 95-%-Intervallen, Steigung {slope} (Linie), erwartet {expected} (gestrichelt)',
  Laws: 'Gesetze',
  Papers: 'Artikel',
  fails: 'scheitert',
  undecided: 'unentschieden',
  '{path} cannot be read by a page': '{path} kann eine Seite nicht lesen',
  'n = {widths}; {replicas} replicas': 'n = {widths}; {replicas} Replikate',
  'To see it run: {look}': 'Um es laufen zu sehen: {look}',
};
