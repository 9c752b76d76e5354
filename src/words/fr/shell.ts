/** The page’s frame: its bars, keys and first words. */
import type { shell as sentences } from '../de/shell.ts';

export const shell: Record<keyof typeof sentences, string> = {
  'mckean: a network as a moving cloud': 'mckean : un réseau comme nuage en mouvement',
  Preset: 'Préréglage',
  'Whole page': 'Page entière',
  'Drop a table (names in line 1, then numbers; the last column is the target), a CONFIG.json with the files that it names, or a .npy.':
    'Déposez un tableau (noms en ligne 1, puis des nombres ; la dernière colonne est la cible), un CONFIG.json avec les fichiers qu’il nomme, ou un .npy.',
  'A two-layer neural network as a moving cloud of up to a million particles: the mean-field limit, live.':
    'Un réseau de neurones à deux couches comme nuage en mouvement d’un million de particules au plus : la limite de champ moyen, en direct.',
  'Beside the cloud': 'À côté du nuage',
  'Close this message': 'Fermer ce message',
  'Fit, loss and settings': 'Ajustement, perte et réglages',
  'State of the run': 'État de l’exécution',
  'Tables, CONFIG.json, .npy': 'Tableaux, CONFIG.json, .npy',
  'For paper': 'Pour le papier',
  'A frame saves files only where the page around it allows downloads: where none has come, save from the page by itself.':
    'Un cadre n’enregistre de fichiers que si la page qui l’entoure permet les téléchargements : si rien n’arrive, enregistrez depuis la page elle-même.',
  Stop: 'Arrêter',
  'Open the page': 'Ouvrir la page',
  'Paused while hidden: {title}': 'En pause tant que cachée : {title}',
  'this browser has no WebGPU': 'ce navigateur n’a pas WebGPU',
  'WebGPU needs https:// or localhost, and this page came over plain http':
    'WebGPU demande https:// ou localhost, et cette page est venue par simple http',
  'this browser offers no WebGPU adapter here (on Linux it may need chrome://flags/#enable-unsafe-webgpu)':
    'ce navigateur n’offre ici aucun adaptateur WebGPU (sous Linux, il faut peut-être chrome://flags/#enable-unsafe-webgpu)',
  'it could not be started': 'il n’a pas pu démarrer',
  'it has ended': 'il s’est terminé',
  Language: 'Langue',
  'The page is loaded anew, and the run begins at step 0.':
    'La page est rechargée, et l’exécution repart du pas 0.',
  'A part of this page cannot be loaded: its server has another version by now, or there is no network. The run goes on; a reload brings the page up to date.':
    'Une partie de cette page ne peut être chargée : son serveur a maintenant une autre version, ou il n’y a pas de réseau. L’exécution continue ; recharger met la page à jour.',
  'this browser has no full screen for a page: add the page to the home screen, or choose H':
    'ce navigateur n’a pas de plein écran pour une page : ajoutez la page à l’écran d’accueil, ou choisissez H',
  'the page around this frame does not allow it full screen: its code needs allow="fullscreen"':
    'la page qui entoure ce cadre ne lui permet pas le plein écran : son code demande allow="fullscreen"',
  'Play or pause.': 'Lancer ou mettre en pause.',
  'One step.': 'Un pas.',
  'Back to step 0 of the same draw.': 'Retour au pas 0 du même tirage.',
  'A new draw: the next seed.': 'Un nouveau tirage : la graine suivante.',
  'Take the last change of a setting back.': 'Annuler le dernier changement d’un réglage.',
  'Do it again.': 'Le refaire.',
  'Dark or light.': 'Sombre ou clair.',
  'For a projector: large type on white; once more for the whole page.':
    'Pour un projecteur : grandes lettres sur blanc ; encore une fois pour la page entière.',
  'Hide everything but the cloud; once more for the whole page.':
    'Tout cacher sauf le nuage ; encore une fois pour la page entière.',
  'The whole page again; there, closes the open book.':
    'De nouveau la page entière ; là, ferme le livre ouvert.',
  'Full screen.': 'Plein écran.',
  'The cloud from where it was first seen.': 'Le nuage d’où il a d’abord été vu.',
  Lecture: 'Cours',
  'Nine chapters, each with a live scene.': 'Neuf chapitres, chacun avec une scène vivante.',
  'Your own data: pick, draw, paste or write a formula.':
    'Vos propres données : choisir, dessiner, coller ou écrire une formule.',
  Compare: 'Comparer',
  'Two runs side by side, or networks of many widths in one chart.':
    'Deux exécutions côte à côte, ou des réseaux de plusieurs largeurs dans un graphique.',
  'Rates of the theory, measured here with error bars.':
    'Les vitesses de la théorie, mesurées ici avec barres d’erreur.',
  'Picture, film, numbers, the run: everything that can be saved.':
    'Image, film, nombres, l’exécution : tout ce qui s’enregistre.',
  'Keys, gestures and words.': 'Touches, gestes et mots.',
  'this browser lets the page copy nothing; by hand: {text}':
    'ce navigateur ne laisse rien copier à la page ; à la main : {text}',
  Play: 'Lancer',
  Step: 'Pas',
  Reset: 'Début',
  Theme: 'Couleurs',
  Pause: 'Pause',
  Light: 'Clair',
  Dark: 'Sombre',
  'After papers': 'D’après des articles',
  space: 'espace',
  Reload: 'Recharger',
  Loading: 'Chargement',
  Running: 'En cours',
  Paused: 'En pause',
  'The graphics device was lost; computing again': 'Le périphérique graphique a été perdu ; calcul en reprise',
  'Stopped by an error': 'Arrêté par une erreur',
  ': step {step}, t = {t}, loss {loss}{fit}, {n} neurons':
    ': pas {step}, t = {t}, perte {loss}{fit}, {n} neurones',
  inputs: 'entrées',
  'steps/s': 'pas/s',
  'pairs/s': 'paires/s',
  computes: 'calcule',
  draws: 'dessine',
  Ctrl: 'Ctrl',
  Shift: 'Maj',
  Esc: 'Échap',
};
