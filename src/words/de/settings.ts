/** The settings that are the page’s own. */
export const settings = {
  none: 'keine',
  'freeze w0': 'w0 einfrieren',
  'The features stay as they were drawn; only output weights learn':
    'Die Merkmale bleiben, wie sie gezogen wurden; nur Ausgangsgewichte lernen',
  'freeze w1': 'w1 einfrieren',
  'The output weights stay as they were drawn': 'Die Ausgangsgewichte bleiben, wie sie gezogen wurden',
  Settings: 'Einstellungen',
  '"{typed}" is not taken: {reason}.': '"{typed}" wird nicht genommen: {reason}.',
  'lift limits': 'Grenzen aufheben',
  'Widths beyond {width}; the folder Run says what they cost':
    'Breiten über {width}; was sie kosten, steht im Ordner Lauf',
  'neurons n': 'Neuronen n',
  'Width of the network: the number of particles': 'Breite des Netzes: die Zahl der Teilchen',
  'as fast as it goes': 'so schnell es geht',
  '16 steps a picture': '16 Schritte je Bild',
  '4 steps a picture': '4 Schritte je Bild',
  '1 step a picture': '1 Schritt je Bild',
  'The run pauses there by itself; Play goes on': 'Der Lauf hält dort von selbst an; Start setzt fort',
  'stop when': 'Halt, wenn',
  never: 'nie',
  'A condition at which the run pauses by itself': 'Eine Bedingung, bei der der Lauf von selbst anhält',
  speed: 'Tempo',
  'Fewer steps a picture show more of the way': 'Weniger Schritte je Bild zeigen mehr vom Weg',
  cost: 'Kosten',
  'Memory of the neurons, and time a step takes with all that is drawn':
    'Speicher der Neuronen, und Zeit eines Schritts mit allem, was gezeichnet wird',
  'stable below': 'stabil unter',
  '2m / (n^κ λ_max(K)) at step 0: above it Euler’s method, which is gradient descent, overshoots; later the limit may be lower':
    '2m / (n^κ λ_max(K)) bei Schritt 0: darüber schießt Eulers Verfahren, das der Gradientenabstieg ist, übers Ziel; später kann die Grenze tiefer liegen',
  'dt ≈ {limit}{note}': 'dt ≈ {limit}{note}',
  ' (dt is above)': ' (dt liegt darüber)',
  'any dt': 'jedes dt',
  ', {time} ms a step': ', {time} ms je Schritt',
  colour: 'Farbe',
  'sign of {number}': 'Vorzeichen von {number}',
  depth: 'Tiefe',
  'Reset view': 'Ansicht zurücksetzen',
  tails: 'Spuren',
  'The paths of some 200 neurons over the last pictures':
    'Die Wege von etwa 200 Neuronen über die letzten Bilder',
  teacher: 'Lehrer',
  'Dashed rays towards what made the data, a network’s neurons or spikes; orange for a weight above 0':
    'Gestrichelte Strahlen zu dem, was die Daten machte, Neuronen eines Netzes oder Spitzen; orange bei einem Gewicht über 0',
  theory: 'Theorie',
  'A dashed circle where the theory has all neurons':
    'Ein gestrichelter Kreis, wo die Theorie alle Neuronen hat',
  'distance from 0': 'Abstand von 0',
  'How far from 0 neurons are drawn: as they lie, |w1| times as far, or as far as |w0| is long':
    'Wie weit von 0 Neuronen gezeichnet werden: wie sie liegen, |w1|-mal so weit oder so weit, wie |w0| lang ist',
  'as they lie': 'wie sie liegen',
  'times |w1|': 'mal |w1|',
  '{field}: {form}': '{field}: {form}',
};
