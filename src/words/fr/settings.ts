/** The settings that are the page’s own. */
import type { settings as sentences } from '../de/settings.ts';

export const settings: Record<keyof typeof sentences, string> = {
  none: 'aucun',
  'freeze w0': 'geler w0',
  'The features stay as they were drawn; only output weights learn':
    'Les traits restent tels que tirés ; seuls les poids de sortie apprennent',
  'freeze w1': 'geler w1',
  'The output weights stay as they were drawn': 'Les poids de sortie restent tels que tirés',
  Settings: 'Réglages',
  '"{typed}" is not taken: {reason}.': '"{typed}" n’est pas accepté : {reason}.',
  'lift limits': 'lever les limites',
  'Widths beyond {width}; the folder Run says what they cost':
    'Largeurs au-delà de {width} ; le dossier Exécution dit ce qu’elles coûtent',
  'neurons n': 'neurones n',
  'Width of the network: the number of particles': 'Largeur du réseau : le nombre de particules',
  'as fast as it goes': 'aussi vite que possible',
  '16 steps a picture': '16 pas par image',
  '4 steps a picture': '4 pas par image',
  '1 step a picture': '1 pas par image',
  'The run pauses there by itself; Play goes on': 'L’exécution s’y met en pause d’elle-même ; Lancer continue',
  'stop when': 'arrêt quand',
  never: 'jamais',
  'A condition at which the run pauses by itself':
    'Une condition à laquelle l’exécution se met en pause d’elle-même',
  speed: 'vitesse',
  'Fewer steps a picture show more of the way': 'Moins de pas par image montrent mieux le chemin',
  cost: 'coût',
  'Memory of the neurons, and time a step takes with all that is drawn':
    'Mémoire des neurones, et durée d’un pas avec tout ce qui est dessiné',
  'stable below': 'stable sous',
  '2m / (n^κ λ_max(K)) at step 0: above it Euler’s method, which is gradient descent, overshoots; later the limit may be lower':
    '2m / (n^κ λ_max(K)) au pas 0 : au-dessus, la méthode d’Euler, qui est la descente de gradient, dépasse son but ; plus tard la limite peut être plus basse',
  'dt ≈ {limit}{note}': 'dt ≈ {limit}{note}',
  ' (dt is above)': ' (dt est au-dessus)',
  'any dt': 'tout dt',
  ', {time} ms a step': ', {time} ms par pas',
  colour: 'couleur',
  'sign of {number}': 'signe de {number}',
  depth: 'profondeur',
  'Reset view': 'Vue initiale',
  tails: 'traces',
  'The paths of some 200 neurons over the last pictures':
    'Les chemins d’environ 200 neurones sur les dernières images',
  teacher: 'enseignant',
  'Dashed rays towards what made the data, a network’s neurons or spikes; orange for a weight above 0':
    'Rayons en tirets vers ce qui a fait les données, les neurones d’un réseau ou des pics ; orange pour un poids au-dessus de 0',
  theory: 'théorie',
  'A dashed circle where the theory has all neurons':
    'Un cercle en tirets, où la théorie place tous les neurones',
  'distance from 0': 'distance de 0',
  'How far from 0 neurons are drawn: as they lie, |w1| times as far, or as far as |w0| is long':
    'À quelle distance de 0 les neurones sont dessinés : là où ils sont, |w1| fois plus loin, ou à la longueur de |w0|',
  'as they lie': 'là où ils sont',
  'times |w1|': 'fois |w1|',
  '{field}: {form}': '{field} : {form}',
};
