/** The book Compare. */
import type { compare as sentences } from '../de/compare.ts';

export const compare: Record<keyof typeof sentences, string> = {
  'activation φ': 'activation φ',
  'this run': 'cette exécution',
  'the other': 'l’autre',
  'Cloud of the other run: {name}': 'Nuage de l’autre exécution : {name}',
  't {t} · loss {loss}{r2}': 't {t} · perte {loss}{r2}',
  'Two runs side by side': 'Deux exécutions côte à côte',
  Close: 'Fermer',
  'number of neurons n': 'nombre de neurones n',
  seed: 'graine',
  'seed {seed}': 'graine {seed}',
  'step size dt': 'pas de temps dt',
  'dt{value}: {dt}': 'dt{value} : {dt}',
  'A choice of your own': 'Un choix à vous',
  Comparison: 'Comparaison',
  'What differs': 'Ce qui diffère',
  'In the other run': 'Dans l’autre exécution',
  'Both start from the same draws, unless the seed differs, and stand at the same t. Play, step, reset and turning a cloud drive both, and so do the settings, but for the difference.':
    'Les deux partent des mêmes tirages, sauf si la graine diffère, et sont au même t. Lancer, Pas, Début et tourner un nuage conduisent les deux, et les réglages aussi, sauf la différence.',
  'Lazy against mean field': 'Paresseux contre champ moyen',
  'Both learn. In the mean-field scaling the neurons travel and gather; in the NTK scaling they hardly leave their places.':
    'Les deux apprennent. À l’échelle du champ moyen les neurones voyagent et se rassemblent ; à celle du NTK ils quittent à peine leur place.',
  'n against n/64': 'n contre n/64',
  'The few neurons are the first of the many. In the mean-field scaling both clouds draw one picture, and the losses stay close.':
    'Les peu nombreux sont les premiers des nombreux. À l’échelle du champ moyen les deux nuages font la même image, et les pertes restent proches.',
  'One seed against the next': 'Une graine contre la suivante',
  'Other draws of the same law. The wider the network, the less its loss depends on them.':
    'D’autres tirages de la même loi. Plus le réseau est large, moins sa perte en dépend.',
  'Relu against tanh': 'Relu contre tanh',
  'The same start under another φ. Relu neurons gather on rays through the origin; tanh neurons also choose how steep they are.':
    'Le même départ avec un autre φ. Les neurones relu se rassemblent sur des rayons par l’origine ; les neurones tanh choisissent aussi leur raideur.',
  'Naive rate against compensated': 'Taux naïf contre compensé',
  'Both have the rate η0 √n. With the prefactor 1/√n the output leaps; with 1/n it moves by 1/√n in a step, and learning is slow. Raise n to see the naive one diverge.':
    'Les deux ont le taux η0 √n. Avec le préfacteur 1/√n la sortie saute ; avec 1/n elle bouge de 1/√n par pas, et l’apprentissage est lent. Augmentez n pour voir diverger le naïf.',
  'ridge {ridge}, ℓ1 {l1}, variation {variation}': 'ridge {ridge}, ℓ1 {l1}, variation {variation}',
  'no penalty': 'sans pénalité',
  'no momentum': 'sans inertie',
  'other data': 'autres données',
  '{name} loss': 'perte {name}',
  'with bias': 'avec biais',
  'no bias': 'sans biais',
  'paired start': 'départ par paires',
  'unpaired start': 'départ sans paires',
  'other start': 'autre départ',
  'rates {w1}, {w0}': 'taux {w1}, {w0}',
  'engine {name}': 'moteur {name}',
  'method {name}': 'méthode {name}',
  'same, earlier': 'la même, avant',
  'is not one of {names}': 'n’est pas l’un de {names}',
  'is not a factor > 0': 'n’est pas un facteur > 0',
  'is not a whole number ≥ 1': 'n’est pas un entier ≥ 1',
  'compare = "{text}" is not one of {names}, nor a setting and its value such as width:0.25':
    'compare = "{text}" n’est pas l’un de {names}, ni un réglage et sa valeur comme width:0.25',
  'compare = "{text}": {value} {wrong}': 'compare = "{text}" : {value} {wrong}',
  'an empty value': 'une valeur vide',
  'Run one draw': 'Faire un tirage',
  'Add {count} draws': 'Ajouter {count} tirages',
  Progress: 'Avancement',
  'Widest network': 'Réseau le plus large',
  'Until t (empty: the time of the page’s run)': 'Jusqu’à t (vide : le temps de l’exécution de la page)',
  'Nested widths': 'Largeurs emboîtées',
  'Networks of many widths, each with the first n neurons of one draw. How far is their f from that of the widest?':
    'Des réseaux de plusieurs largeurs, chacun avec les n premiers neurones d’un tirage. À quelle distance leur f est-elle de celle du plus large ?',
  'Add a draw': 'Ajouter un tirage',
  'Stopped.': 'Arrêté.',
  'Draw {draw}, {percent} % on {what}': 'Tirage {draw}, {percent} % sur {what}',
  'Losses of all widths over t': 'Pertes de toutes les largeurs au fil de t',
  'Save CSV': 'Enregistrer CSV',
  'distance²': 'distance²',
  'times {factor}': 'fois {factor}',
  'A distance is 0, which has no logarithm: let the run go on for a while.':
    'Une distance est 0, qui n’a pas de logarithme : laissez l’exécution continuer un moment.',
  'At t = {t} the mean square distance of f from that of the widest goes as (1/n − 1/N)^{exponent}':
    'À t = {t} la distance quadratique moyenne de f à celle du plus large va comme (1/n − 1/N)^{exponent}',
  'It is one draw of each width, and so it scatters: add draws for an interval.':
    'C’est un tirage par largeur, et il disperse donc : ajoutez des tirages pour un intervalle.',
  'The 95 % interval of the exponent over {draws} draws is [{from}, {to}]{note}.':
    'L’intervalle à 95 % de l’exposant sur {draws} tirages est [{from}, {to}]{note}.',
  ', too narrow from so few': ', trop étroit avec si peu',
  'The law of large numbers says 1 (dashed).': 'La loi des grands nombres dit 1 (tirets).',
  'The law of large numbers says 1 in the mean-field scaling; this run is {parameterization}.':
    'La loi des grands nombres dit 1 à l’échelle du champ moyen ; cette exécution est {parameterization}.',
  'the same': 'identique',
};
