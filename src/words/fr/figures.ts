/** The figures beside the cloud. */
import type { figures as sentences } from '../de/figures.ts';

export const figures: Record<keyof typeof sentences, string> = {
  'Density of neurons by {across} and {up}, from the mean-field PDE, under some of the cloud':
    'Densité des neurones selon {across} et {up}, par l’EDP de champ moyen, sous une partie du nuage',
  'Density ρ of the limit n → ∞ at t = {t}: the mean-field PDE on {cells} × {cells} cells':
    'Densité ρ de la limite n → ∞ à t = {t} : l’EDP de champ moyen sur {cells} × {cells} cases',
  Pin: 'Épingler',
  '{name} and f against {input}': '{name} et f en fonction de {input}',
  '{figure}, violet: {run}': '{figure}, en violet : {run}',
  'f (orange) against the data': 'f (orange) et les données',
  '{name} as dots over the field of f, by {names}': '{name} en points sur le champ de f, selon {names}',
  ' and ': ' et ',
  'f as a field, the data as dots': 'f comme un champ, les données en points',
  '{name} and f of samples against {xLabel}': '{name} et f des exemples en fonction de {xLabel}',
  'f (orange) and the data': 'f (orange) et les données',
  'f (dashed: f = y)': 'f (tirets : f = y)',
  'a perfect fit lies on the diagonal': 'un ajustement parfait est sur la diagonale',
  'f (above 0: +1)': 'f (au-dessus de 0 : +1)',
  'f above 0 says +1, below −1': 'f au-dessus de 0 dit +1, au-dessous −1',
  'f (the largest is the class)': 'f (la plus grande est la classe)',
  'the largest output says the class': 'la plus grande sortie dit la classe',
  '{name} in the data': '{name} dans les données',
  'f against {name}; {said}': 'f en fonction de {name} ; {said}',
  'f against the target': 'f et la cible',
  Output: 'Sortie',
  Against: 'En fonction de',
  'by the target': 'selon la cible',
  'by {name}': 'selon {name}',
  'log₁₀ λₖ of K': 'log₁₀ λₖ de K',
  'Tangent kernel K of each pair of samples as colours':
    'Noyau tangent K de chaque paire d’exemples, en couleurs',
  'Eigenvalues of K, the largest first, on a logarithmic scale':
    'Valeurs propres de K, la plus grande d’abord, en échelle logarithmique',
  'sample, in the order of {by}{outputs}': 'exemple, rangé {by}{outputs}',
  ', output by output': ', sortie par sortie',
  '{p} of {m} samples': '{p} exemples sur {m}',
  '{neurons} of {n} neurons': '{neurons} neurones sur {n}',
  ' of {c} outputs': ' de {c} sorties',
  'Tangent kernel K{blocks} at step {step}: ‖K − K₀‖ / ‖K₀‖ = {drift}{part}':
    'Noyau tangent K{blocks} au pas {step} : ‖K − K₀‖ / ‖K₀‖ = {drift}{part}',
  '; from {part}': '; d’après {part}',
  Loss: 'Perte',
  'Clear earlier runs': 'Effacer les exécutions antérieures',
  'test loss': 'perte de test',
  objective: 'objectif',
  ', {testAccuracy} of those held out': ', {testAccuracy} de celles mises de côté',
  '; the objective, with its penalties, is {objective}': '; l’objectif, avec ses pénalités, est {objective}',
  'Loss; f is right about {accuracy} of the rows{held}{whole}':
    'Perte ; f a raison sur {accuracy} des lignes{held}{whole}',
  'Loss{whole}': 'Perte{whole}',
  density: 'densité',
  'Histogram of {name} over the neurons, now as bars and at the start as an outline':
    'Histogramme de {name} sur les neurones, maintenant en barres et au départ en contour',
  ', of {n} of the neurons': ', de {n} des neurones',
  'Marginals at step {step} as bars, at step 0 as an outline{of}':
    'Lois marginales au pas {step} en barres, au pas 0 en contour{of}',
  'Figures beside the cloud': 'Figures à côté du nuage',
  Figures: 'Figures',
  least: 'minimum',
  median: 'médiane',
  greatest: 'maximum',
  'Largest neurons': 'Plus grands neurones',
  Quantiles: 'Quantiles',
  'The cloud in numbers': 'Le nuage en nombres',
  'of {some} of {n} neurons': 'de {some} neurones sur {n}',
  'of {n} neurons': 'de {n} neurones',
  'The {count} with the largest {size} {of} at step {step}; |b| is the speed at the start of the last step':
    'Les {count} de plus grand {size} {of} au pas {step} ; |b| est la vitesse au début du dernier pas',
  'Quantiles {of}': 'Quantiles {of}',
  neuron: 'neurone',
  component: 'composante',
  '{title}: nothing yet': '{title} : rien encore',
  'Observables of the cloud': 'Observables du nuage',
  now: 'maintenant',
  'at the start': 'au départ',
  'Save what “{title}” shows': 'Enregistrer ce que montre “{title}”',
  'Enlarge “{title}”': 'Agrandir “{title}”',
  '{title}: there is nothing to save yet': '{title} : il n’y a encore rien à enregistrer',
  'f against the data': 'f et les données',
  'The network’s output and the data: a curve, a field, or predicted against true.':
    'La sortie du réseau et les données : une courbe, un champ, ou prédit contre vrai.',
  'The loss over steps, and that on held-out data where there are any.':
    'La perte au fil des pas, et celle sur des données mises de côté s’il y en a.',
  'Density ρ': 'Densité ρ',
  'The mean-field PDE on a grid, solved to the time of the cloud; for one input without bias.':
    'L’EDP de champ moyen sur une grille, résolue jusqu’au temps du nuage ; pour une entrée sans biais.',
  Marginals: 'Lois marginales',
  'Histograms of each component of the neurons, now and at the start.':
    'Histogrammes de chaque composante des neurones, maintenant et au départ.',
  'Tangent kernel K': 'Noyau tangent K',
  'K at the training inputs as a heat map, its eigenvalues, and how far it is from that of the start.':
    'K aux entrées d’apprentissage en couleurs, ses valeurs propres, et sa distance à celui du départ.',
  'Velocity field b': 'Champ de vitesse b',
  'Where the residual pushes a neuron, over the plane in which the cloud is drawn; for d ≤ 2.':
    'Où le résidu pousse un neurone, sur le plan où le nuage est dessiné ; pour d ≤ 2.',
  'Table of neurons': 'Tableau des neurones',
  'The cloud in numbers: its largest neurons, and quantiles of each component.':
    'Le nuage en nombres : ses plus grands neurones, et des quantiles de chaque composante.',
  Observables: 'Observables',
  'Means of test functions over the cloud, now and at the start.':
    'Moyennes de fonctions test sur le nuage, maintenant et au départ.',
  'Velocity b as arrows over its size as colours': 'Vitesse b en flèches sur sa grandeur en couleurs',
  '{value}, its root mean square': '{value}, sa moyenne quadratique',
  'all other components are 0': 'toutes les autres composantes sont 0',
  'Velocity b at step {step}, in units of θ a unit of time{where}':
    'Vitesse b au pas {step}, en unités de θ par unité de temps{where}',
  ', where {where}': ', où {where}',
  '∫ (w1² − |w0|²) dρ, conserved by the flow for relu and linear φ':
    '∫ (w1² − |w0|²) dρ, conservée par le flot pour relu et φ linéaire',
  '∫ |w1|₁ dρ, which the ℓ1 penalty makes small': '∫ |w1|₁ dρ, que la pénalité ℓ1 rend petite',
  '∫ |w1||w0| dρ, the total variation, which its penalty makes small':
    '∫ |w1||w0| dρ, la variation totale, que sa pénalité rend petite',
  '∫ |⟨w0, u1⟩| dρ, the overlap with direction 1 of the teacher':
    '∫ |⟨w0, u1⟩| dρ, le recouvrement avec la direction 1 de l’enseignant',
  '∫ |⟨w0, u2⟩| dρ, the overlap with direction 2 of the teacher':
    '∫ |⟨w0, u2⟩| dρ, le recouvrement avec la direction 2 de l’enseignant',
  '∫ |⟨w0, u3⟩| dρ, the overlap with direction 3 of the teacher':
    '∫ |⟨w0, u3⟩| dρ, le recouvrement avec la direction 3 de l’enseignant',
  '∫ |⟨w0, u4⟩| dρ, the overlap with direction 4 of the teacher':
    '∫ |⟨w0, u4⟩| dρ, le recouvrement avec la direction 4 de l’enseignant',
  '∫ |⟨w0, u5⟩| dρ, the overlap with direction 5 of the teacher':
    '∫ |⟨w0, u5⟩| dρ, le recouvrement avec la direction 5 de l’enseignant',
  '∫ |⟨w0, u6⟩| dρ, the overlap with direction 6 of the teacher':
    '∫ |⟨w0, u6⟩| dρ, le recouvrement avec la direction 6 de l’enseignant',
  '∫ |⟨w0, u7⟩| dρ, the overlap with direction 7 of the teacher':
    '∫ |⟨w0, u7⟩| dρ, le recouvrement avec la direction 7 de l’enseignant',
  '∫ |⟨w0, u8⟩| dρ, the overlap with direction 8 of the teacher':
    '∫ |⟨w0, u8⟩| dρ, le recouvrement avec la direction 8 de l’enseignant',
};
