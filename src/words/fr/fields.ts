/** The settings that configurations have: labels, helps and forms of core/config/fields.ts. */
import type { fields as sentences } from '../de/fields.ts';

export const fields: Record<keyof typeof sentences, string> = {
  Network: 'Réseau',
  'features Φ': 'traits Φ',
  'How a neuron and an input meet': 'Comment un neurone et une entrée se rencontrent',
  'Φ = φ(⟨w0, x⟩): a hidden layer of neurons': 'Φ = φ(⟨w0, x⟩) : une couche cachée de neurones',
  'Φ = φ(⟨w0, x⟩) without output weights: f is the sum of the neurons':
    'Φ = φ(⟨w0, x⟩) sans poids de sortie : f est la somme des neurones',
  'Φ = e^(−α|x − w0|²/2): bumps on the sphere on which the data lie':
    'Φ = e^(−α|x − w0|²/2) : des bosses sur la sphère où sont les données',
  'width α': 'largeur α',
  'The bumps are e^(−α|x − w0|²/2): a large α makes them narrow':
    'Les bosses sont e^(−α|x − w0|²/2) : un grand α les rend étroites',
  'Φ = 1 + 2 Σ cos 2πk(x − w0): spikes on a circle': 'Φ = 1 + 2 Σ cos 2πk(x − w0) : des pics sur un cercle',
  'order K': 'ordre K',
  'Waves in 1 + 2 Σ cos 2πk(x − w0), k = 1 … K': 'Ondes dans 1 + 2 Σ cos 2πk(x − w0), k = 1 … K',
  'metric g': 'métrique g',
  'Positions move g times as fast': 'Les positions vont g fois aussi vite',
  'Of each neuron': 'De chaque neurone',
  'φ(z) = z: the linear network, whose moments obey a closed ODE':
    'φ(z) = z : le réseau linéaire, dont les moments suivent une EDO fermée',
  "φ(z) = max(z, 0), with φ'(0) = 0": "φ(z) = max(z, 0), avec φ'(0) = 0",
  'φ(z) = erf(z/√2) = √(2/π) ∫₀^z e^(−s²/2) ds': 'φ(z) = erf(z/√2) = √(2/π) ∫₀^z e^(−s²/2) ds',
  'φ(z) = z (1 + erf(z/√2))/2 = z P(Z ≤ z), Z standard normal':
    'φ(z) = z (1 + erf(z/√2))/2 = z P(Z ≤ z), Z normale centrée réduite',
  'φ linear between knots and constant beyond': 'φ linéaire entre les nœuds et constante au-delà',
  'knots z φ': 'nœuds z φ',
  'Pairs z φ with commas between them: linear from one to the next, constant beyond':
    'Paires z φ séparées par des virgules : linéaire de l’une à la suivante, constante au-delà',
  'φ = He_k/√k!, the normalised Hermite polynomial': 'φ = He_k/√k!, le polynôme de Hermite normalisé',
  'degree k': 'degré k',
  'Of He_k/√k!': 'De He_k/√k!',
  'loss ℓ': 'perte ℓ',
  'What gradient descent makes small': 'Ce que la descente de gradient rend petit',
  'L = (1/m) Σ of u²/2 for |u| ≤ 1 and |u| − ½ beyond, u = f − y: outliers pull no harder than 1':
    'L = (1/m) Σ de u²/2 pour |u| ≤ 1 et |u| − ½ au-delà, u = f − y : les valeurs aberrantes ne tirent pas plus fort que 1',
  'L = (1/m) Σ ln(1 + e^(−yf)) for y = ±1: the odds of a class':
    'L = (1/m) Σ ln(1 + e^(−yf)) pour y = ±1 : la cote d’une classe',
  'L = (1/m) Σ e^(−yf) for y = ±1': 'L = (1/m) Σ e^(−yf) pour y = ±1',
  'L = −(1/m) Σ ln softmax(f) of the right one of c classes':
    'L = −(1/m) Σ ln softmax(f) de la bonne parmi c classes',
  'Prefactor of f and learning rate as powers of n':
    'Préfacteur de f et taux d’apprentissage en puissances de n',
  'prefactor 1/√n, rate η0: the kernel regime, in which neurons hardly move':
    'préfacteur 1/√n, taux η0 : le régime du noyau, où les neurones bougent à peine',
  'prefactor 1/√n, rate η0 √n: neurons move, but f diverges as n grows':
    'préfacteur 1/√n, taux η0 √n : les neurones bougent, mais f diverge quand n croît',
  'prefactor 1/n, rate η0 √n: f starts near 0 and learns slowly':
    'préfacteur 1/n, taux η0 √n : f commence près de 0 et apprend lentement',
  'prefactor 1/n, rate η0 n: neurons move by Θ(1), f = ∫ w1 φ dρ':
    'préfacteur 1/n, taux η0 n : les neurones bougent de Θ(1), f = ∫ w1 φ dρ',
  'f = n^(−a) Σ w1 φ, learning rate η0 n^κ': 'f = n^(−a) Σ w1 φ, taux d’apprentissage η0 n^κ',
  'The prefactor of f is n^(−a)': 'Le préfacteur de f est n^(−a)',
  'The learning rate is η0 n^κ': 'Le taux d’apprentissage est η0 n^κ',
  'Yang and Hu’s: W = n^(−a) w, drawn times n^(−b), rate η0 n^(−c)':
    'De Yang et Hu : W = n^(−a) w, tiré fois n^(−b), taux η0 n^(−c)',
  'a of W0': 'a de W0',
  'a of W1': 'a de W1',
  'b of W0': 'b de W0',
  'w0 is drawn times n^(−b)': 'w0 est tiré fois n^(−b)',
  'b of W1': 'b de W1',
  'w1 is drawn times n^(−b)': 'w1 est tiré fois n^(−b)',
  'The learning rate is η0 n^(−c)': 'Le taux d’apprentissage est η0 n^(−c)',
  'A constant coordinate 1 beside the inputs': 'Une coordonnée constante 1 à côté des entrées',
};
