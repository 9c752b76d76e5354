/** The sheet of keys and gestures, and the card for those who come first. */
import type { help as sentences } from '../de/help.ts';

export const help: Record<keyof typeof sentences, string> = {
  'drag, arrow keys': 'glisser, flèches',
  'Turn the cloud.': 'Tourner le nuage.',
  'wheel, pinch, + and −': 'molette, pincer, + et −',
  'Come nearer or go away.': 'S’approcher ou s’éloigner.',
  'a finger up or down, the wheel before a click': 'un doigt vers le haut ou le bas, la molette avant un clic',
  'Scroll, where the page scrolls or stands in a frame of another.':
    'Défiler, là où la page défile ou se trouve dans le cadre d’une autre.',
  'shift and drag, right button, two fingers': 'maj et glisser, bouton droit, deux doigts',
  'Move the picture.': 'Déplacer l’image.',
  'double click, Home': 'double clic, Origine',
  'Back to the first view.': 'Retour à la première vue.',
  'pointer on a neuron': 'pointeur sur un neurone',
  'Its numbers, its path and, over f, its ridge.': 'Ses nombres, son chemin et, sur f, sa crête.',
  'click, tap, Enter': 'clic, toucher, Entrée',
  'Hold the neuron; with Enter the one in the middle. Esc lets it go.':
    'Retenir le neurone ; avec Entrée celui du milieu. Échap le lâche.',
  'arrow keys while one is held': 'flèches tant qu’on en retient un',
  'On to the next neuron that way; with shift they turn the cloud.':
    'Au neurone suivant de ce côté ; avec maj elles tournent le nuage.',
  'pointer on the picture of f': 'pointeur sur l’image de f',
  'Light the neurons that make f there; Tab and arrow keys do, too.':
    'Éclairer les neurones qui font f à cet endroit ; Tab et les flèches aussi.',
  'neuron, particle': 'neurone, particule',
  'One point of the cloud: θ = (w1, w0), its output weight and its inner weights. The network is f(x) = n⁻ᵃ Σ w1 φ(⟨w0, x⟩).':
    'Un point du nuage : θ = (w1, w0), son poids de sortie et ses poids intérieurs. Le réseau est f(x) = n⁻ᵃ Σ w1 φ(⟨w0, x⟩).',
  'residual r': 'résidu r',
  'f − y at each sample: all that a neuron feels of the others.':
    'f − y en chaque exemple : tout ce qu’un neurone sent des autres.',
  'Time of the gradient flow: the number of steps times dt.':
    'Temps du flot de gradient : le nombre de pas fois dt.',
  'The share of the variance of y that f explains: 1 is a perfect fit, 0 a constant.':
    'La part de la variance de y que f explique : 1 est un ajustement parfait, 0 une constante.',
  'The law of a neuron, which the cloud samples: with n → ∞ the cloud becomes the density ρ.':
    'La loi d’un neurone, dont le nuage est un échantillon : quand n → ∞ le nuage devient la densité ρ.',
  'Keys and gestures': 'Touches et gestes',
  'Anywhere on the page': 'Partout sur la page',
  'Keys without Ctrl act': 'Les touches sans Ctrl agissent',
  'On the cloud': 'Sur le nuage',
  Words: 'Mots',
  'a lesson plan, worksheets and answers': 'un plan de cours, des feuilles d’exercices et les réponses',
  'For a class: ': 'Pour une classe : ',
  ', to print.': ', à imprimer.',
  'their licences': 'leurs licences',
  'This page is free software (MIT). It is built with libraries of others: ':
    'Cette page est un logiciel libre (MIT). Elle est faite avec des bibliothèques d’autres auteurs : ',
  many: 'beaucoup',
  'Read the lecture': 'Lire le cours',
  'Take my data': 'Prendre mes données',
  'Just watch': 'Seulement regarder',
  'Where to start': 'Par où commencer',
  'A network as a moving cloud': 'Un réseau comme nuage en mouvement',
  'Each point is one neuron; there are {n}. Where it stands is its weights, and training moves it. The curve beside the cloud, or below it, is what all of them make together.':
    'Chaque point est un neurone ; il y en a {n}. L’endroit où il se trouve, ce sont ses poids, et l’apprentissage le déplace. La courbe à côté du nuage, ou au-dessous, est ce qu’ils font tous ensemble.',
  'Point at a neuron, or tap it, to see what it adds to that curve. Or start here:':
    'Pointez un neurone, ou touchez-le, pour voir ce qu’il ajoute à cette courbe. Ou commencez ici :',
};
