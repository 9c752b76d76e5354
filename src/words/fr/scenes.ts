/** Presets and data sets. */
import type { scenes as sentences } from '../de/scenes.ts';

export const scenes: Record<keyof typeof sentences, string> = {
  Curve: 'Courbe',
  'A round cloud of tanh neurons learns sin 6x + x/2 and splits into filaments, a pair for each rise and each fall.':
    'Un nuage rond de neurones tanh apprend sin 6x + x/2 et se divise en filaments, une paire pour chaque montée et chaque descente.',
  'Teacher of five neurons': 'Enseignant à cinq neurones',
  'Relu neurons of small balanced weight condense on a few rays, which turn towards the lines of a teacher’s five neurons.':
    'Des neurones relu de petit poids équilibré se condensent sur quelques rayons, qui se tournent vers les droites des cinq neurones d’un enseignant.',
  'Global temperature 1880–2023': 'Température mondiale 1880–2023',
  'The yearly temperature of the Earth as a curve through real data.':
    'La température annuelle de la Terre comme une courbe à travers des données réelles.',
  'Volcano Maunga Whau': 'Volcan Maunga Whau',
  'Heights of a real volcano over two coordinates: the crater appears as the cloud leaves its round start.':
    'Altitudes d’un vrai volcan sur deux coordonnées : le cratère apparaît quand le nuage quitte son départ rond.',
  'Two moons': 'Deux lunes',
  'Two interleaved half circles told apart: f is +1 on one and −1 on the other.':
    'Deux demi-cercles entrelacés distingués : f est +1 sur l’un et −1 sur l’autre.',
  'Curve, lazy': 'Courbe, paresseuse',
  'The curve again in the NTK parameterization: f learns the data while the neurons hardly move.':
    'La courbe encore, dans la paramétrisation NTK : f apprend les données tandis que les neurones bougent à peine.',
  'Two Gaussians told apart (Mei, Montanari, Nguyen 2018)':
    'Deux gaussiennes distinguées (Mei, Montanari, Nguyen 2018)',
  'One pass of stochastic gradient descent on two Gaussians about 0 of different size: the law of |w0| splits into two bumps.':
    'Un passage de descente de gradient stochastique sur deux gaussiennes autour de 0 de taille différente : la loi de |w0| se divise en deux bosses.',
  'One shell (Mei, Montanari, Nguyen 2018)': 'Une coquille (Mei, Montanari, Nguyen 2018)',
  'Two Gaussians that differ less: all neurons gather on one sphere, the best law as long as δ is below a critical value.':
    'Deux gaussiennes qui diffèrent moins : tous les neurones se rassemblent sur une sphère, la meilleure loi tant que δ est sous une valeur critique.',
  'Two fates (Mei, Montanari, Nguyen 2018)': 'Deux destins (Mei, Montanari, Nguyen 2018)',
  'An activation that first falls and then rises: from a narrow start all neurons fall to 0 and stay, from one four times as wide they learn.':
    'Une activation qui d’abord descend puis monte : d’un départ étroit tous les neurones tombent à 0 et y restent, d’un départ quatre fois plus large ils apprennent.',
  'Sixty coordinates of 320 (Mei, Montanari, Nguyen 2018)':
    'Soixante coordonnées sur 320 (Mei, Montanari, Nguyen 2018)',
  'Two Gaussians that differ in 60 of 320 coordinates: relu neurons grow in those and shrink in the others, which is learning features.':
    'Deux gaussiennes qui diffèrent en 60 coordonnées sur 320 : les neurones relu grandissent dans celles-ci et rétrécissent dans les autres, ce qui est apprendre des traits.',
  'One direction of two hundred (Mei, Misiakiewicz, Montanari 2019)':
    'Une direction sur deux cents (Mei, Misiakiewicz, Montanari 2019)',
  'An erf teacher of one neuron in 200 dimensions: how far the loss is from its limit depends on the number of neurons alone.':
    'Un enseignant erf d’un neurone en 200 dimensions : la distance de la perte à sa limite ne dépend que du nombre de neurones.',
  'A teacher of three neurons (Chizat, Bach 2018)': 'Un enseignant à trois neurones (Chizat, Bach 2018)',
  'Relu neurons with weight decay learn fifteen points of the circle from a teacher of three: they gather in a few directions and reach the least objective of all networks.':
    'Des neurones relu avec décroissance des poids apprennent quinze points du cercle d’un enseignant à trois : ils se rassemblent en peu de directions et atteignent le plus petit objectif de tous les réseaux.',
  'Students and teachers (Saad, Solla 1995)': 'Élèves et enseignants (Saad, Solla 1995)',
  'One pass over fresh samples: three erf neurons learn from two, first all alike, then each teacher by one of its own.':
    'Un passage sur des exemples frais : trois neurones erf apprennent de deux, d’abord tous pareils, puis chaque enseignant par un à lui.',
  'Spikes on a circle (Chizat, Bach 2018)': 'Pics sur un cercle (Chizat, Bach 2018)',
  'Five spikes, seen through a kernel that blurs them, are found by particles that begin on a grid: they gather at five places.':
    'Cinq pics, vus à travers un noyau qui les brouille, sont trouvés par des particules qui partent d’une grille : elles se rassemblent en cinq endroits.',
  'Lazy or not (Chizat, Oyallon, Bach 2019)': 'Paresseux ou non (Chizat, Oyallon, Bach 2019)',
  'Relu neurons with the prefactor 1/n learn the three directions of a teacher in a hundred dimensions; with 1/√n they fit as well and learn none.':
    'Des neurones relu avec le préfacteur 1/n apprennent les trois directions d’un enseignant en cent dimensions ; avec 1/√n ils ajustent aussi bien et n’en apprennent aucune.',
  'A spin glass (Rotskoff, Vanden-Eijnden 2018)': 'Un verre de spin (Rotskoff, Vanden-Eijnden 2018)',
  'Radial units on a sphere of five dimensions learn the energy of three-spin interactions: f varies by 1/n from draw to draw, and by less in the end.':
    'Des unités radiales sur une sphère de cinq dimensions apprennent l’énergie d’interactions de trois spins : f varie de 1/n d’un tirage à l’autre, et de moins à la fin.',
  'Digits, one by one (Sirignano, Spiliopoulos 2018)': 'Des chiffres, un par un (Sirignano, Spiliopoulos 2018)',
  'Handwritten digits, odd or even, learned one at a time at a rate of α/n: the law of the outer weights moves and settles as n grows.':
    'Des chiffres manuscrits, pairs ou impairs, appris un à la fois au taux α/n : la loi des poids extérieurs bouge et se fixe quand n croît.',
  'Particles that classify (Nitanda, Suzuki 2017)': 'Des particules qui classent (Nitanda, Suzuki 2017)',
  'A measure of base models, moved by stochastic gradient descent on a logistic loss as particles, tells two moons apart.':
    'Une mesure de modèles de base, mue par la descente de gradient stochastique sur une perte logistique comme des particules, distingue deux lunes.',
  'From the kernel to features (Yang, Hu 2020)': 'Du noyau aux traits (Yang, Hu 2020)',
  'The prefactor n^(−a) at the rate n^(2a − 1): at a = ½ neurons hardly move, at a = 1 they learn features, and f learns at any a between.':
    'Le préfacteur n^(−a) au taux n^(2a − 1) : à a = ½ les neurones bougent à peine, à a = 1 ils apprennent des traits, et f apprend à tout a entre les deux.',
  'Noise that holds a cloud together (Chen, Ren, Wang 2022)':
    'Un bruit qui tient un nuage ensemble (Chen, Ren, Wang 2022)',
  'Noise and weight decay on two moons: neurons never stop, and the cloud stays as near to its limit as it was at first.':
    'Bruit et décroissance des poids sur deux lunes : les neurones ne s’arrêtent jamais, et le nuage reste aussi près de sa limite qu’il l’était d’abord.',
  'The largest margin (Chizat, Bach 2020)': 'La plus grande marge (Chizat, Bach 2020)',
  'Sixteen clusters of two classes and an exponential loss: the margin of the network over its norm grows towards the largest that there is.':
    'Seize amas de deux classes et une perte exponentielle : la marge du réseau sur sa norme croît vers la plus grande qui existe.',
  'Three coordinates of twelve (Abbe, Boix-Adserà, Misiakiewicz 2023)':
    'Trois coordonnées sur douze (Abbe, Boix-Adserà, Misiakiewicz 2023)',
  'All corners of a cube of twelve dimensions: nothing of lower degree points to the product of three coordinates, and it is found after a while.':
    'Tous les sommets d’un cube de douze dimensions : rien de degré plus bas ne mène au produit de trois coordonnées, et il est trouvé au bout d’un moment.',
  'one input: y = sin 6x + x/2 on evenly spaced x in [−1, 1]':
    'une entrée : y = sin 6x + x/2 pour x régulièrement espacés dans [−1, 1]',
  'Circle teacher': 'Enseignant sur le cercle',
  'two inputs on the unit circle, y from a teacher network of five relu neurons drawn from the seed':
    'deux entrées sur le cercle unité, y d’un réseau enseignant de cinq neurones relu tirés par la graine',
  Moons: 'Lunes',
  'two inputs: two interleaved half circles, y = +1 on one and −1 on the other':
    'deux entrées : deux demi-cercles entrelacés, y = +1 sur l’un et −1 sur l’autre',
  Spirals: 'Spirales',
  'two inputs: two spirals of one and a half turns, y = +1 on one and −1 on the other':
    'deux entrées : deux spirales d’un tour et demi, y = +1 sur l’une et −1 sur l’autre',
  Spikes: 'Pics',
  'one input, evenly spaced on the circle [0, 1): y = Σ w ψ(x − θ), a few spikes drawn from the seed':
    'une entrée, régulièrement espacée sur le cercle [0, 1) : y = Σ w ψ(x − θ), quelques pics tirés par la graine',
  'Single index': 'Un indice',
  'y = h_k(x1), Hermite’s polynomial of one direction of d':
    'y = h_k(x1), polynôme de Hermite d’une direction sur d',
  'Multi index': 'Plusieurs indices',
  'Hermite’s polynomials of several directions of d: their sum over √indices, or their product':
    'polynômes de Hermite de plusieurs directions sur d : leur somme sur √indices, ou leur produit',
  Parity: 'Parité',
  'inputs ±1: y = x1 x2 … xk, the parity of k coordinates of d':
    'entrées ±1 : y = x1 x2 … xk, la parité de k coordonnées sur d',
  Staircase: 'Escalier',
  'inputs ±1: y = x1 + x1 x2 + … + x1 x2 … xk, a staircase of k steps':
    'entrées ±1 : y = x1 + x1 x2 + … + x1 x2 … xk, un escalier de k marches',
  Teacher: 'Enseignant',
  'y from a teacher network of relu or erf neurons, whose directions are drawn from the seed':
    'y d’un réseau enseignant de neurones relu ou erf, dont les directions sont tirées par la graine',
  'Three spin': 'Trois spins',
  'x on the sphere of radius √d: y = Σ a_pqr x_p x_q x_r / d, all a_pqr standard normal from the seed':
    'x sur la sphère de rayon √d : y = Σ a_pqr x_p x_q x_r / d, tous les a_pqr normaux centrés réduits par la graine',
  'Two gaussians': 'Deux gaussiennes',
  'two Gaussians with mean 0 and covariances (1 ± δ)² I, y = ±1, each with probability ½':
    'deux gaussiennes de moyenne 0 et de covariances (1 ± δ)² I, y = ±1, chacune avec probabilité ½',
  'Anisotropic gaussians': 'Gaussiennes anisotropes',
  'two Gaussians with mean 0 and variances (1 ± δ)² of the first s0 coordinates, 1 of the others, y = ±1':
    'deux gaussiennes de moyenne 0 et de variances (1 ± δ)² pour les s0 premières coordonnées, 1 pour les autres, y = ±1',
  Clusters: 'Amas',
  'two inputs: k² square clusters on [−1, 1]², half of them y = 1 and the others −1, drawn from the seed':
    'deux entrées : k² amas carrés sur [−1, 1]², la moitié avec y = 1 et les autres −1, tirés par la graine',
  Xor: 'Xor',
  'four Gaussians about (±1, ±1), other coordinates about 0: y = −1 where the two signs agree, else 1':
    'quatre gaussiennes autour de (±1, ±1), autres coordonnées autour de 0 : y = −1 où les deux signes sont égaux, sinon 1',
  'Global temperature': 'Température mondiale',
  'one input, real: global temperature anomaly in °C for the years 1880–2023':
    'une entrée, réelle : anomalie de la température mondiale en °C pour les années 1880–2023',
  'Maunga whau': 'Maunga Whau',
  'two inputs, real: heights in metres of the volcano Maunga Whau, Auckland, on a 10 m grid':
    'deux entrées, réelles : altitudes en mètres du volcan Maunga Whau, Auckland, sur une grille de 10 m',
  Digits: 'Chiffres',
  '49 inputs, real: handwritten digits on 7 × 7 pixels from 0 to 1, y = +1 where odd and −1 where even':
    '49 entrées, réelles : chiffres manuscrits sur 7 × 7 pixels de 0 à 1, y = +1 où impair et −1 où pair',
};
