/** The book Save. */
import type { save as sentences } from '../de/save.ts';

export const save: Record<keyof typeof sentences, string> = {
  Run: 'Exécution',
  Save: 'Enregistrer',
  Numbers: 'Nombres',
  'For your own analysis: numpy.load reads .npy, any spreadsheet reads CSV.':
    'Pour vos propres analyses : numpy.load lit .npy, tout tableur lit CSV.',
  'Save neurons (.npy)': 'Enregistrer les neurones (.npy)',
  ', w1 first': ', w1 d’abord',
  'Save {title} (CSV)': 'Enregistrer {title} (CSV)',
  '{count} rows of {columns}: {size}': '{count} lignes de {columns} : {size}',
  'this browser has no encoder for {format} of {width} × {height} pixels ({codecs}): choose another format or size':
    'ce navigateur n’a pas d’encodeur {format} de {width} × {height} pixels ({codecs}) : choisissez un autre format ou une autre taille',
  'the encoder ({codec}) failed at frame {frames} ({message}): choose another format or a smaller size':
    'l’encodeur ({codec}) a échoué à l’image {frames} ({message}) : choisissez un autre format ou une taille plus petite',
  bytes: 'octets',
  Film: 'Film',
  'The run from now on, for lectures and messages. Each frame waits for its steps, so the film is the same on any machine.':
    'L’exécution à partir de maintenant, pour des cours et des messages. Chaque image attend ses pas, le film est donc le même sur toute machine.',
  Seconds: 'Secondes',
  'Frames a second': 'Images par seconde',
  'Steps a frame': 'Pas par image',
  Format: 'Format',
  'with axes, step, t, loss and n': 'avec axes, pas, t, perte et n',
  'Make film': 'Faire le film',
  'Progress of the film': 'Avancement du film',
  '{frames} frames, to step {last}': '{frames} images, jusqu’au pas {last}',
  'Filming.': 'Le film se fait.',
  'frame {frame} of {frames}': 'image {frame} sur {frames}',
  'Saved {frames} frames, {size}.': '{frames} images enregistrées, {size}.',
  'Cancelled.': 'Abandonné.',
  Cancel: 'Abandonner',
  'This browser cannot make films: it has no VideoEncoder. Current versions of Chrome, Edge, Firefox and Safari on a computer have one.':
    'Ce navigateur ne peut faire de films : il n’a pas de VideoEncoder. Les versions actuelles de Chrome, Edge, Firefox et Safari sur un ordinateur en ont un.',
  'Films need https:// or localhost, and this page came over plain http.':
    'Les films demandent https:// ou localhost, et cette page est venue par simple http.',
  'a film of {width} × {height} pixels: give even numbers':
    'un film de {width} × {height} pixels : donnez des nombres pairs',
  'a film of {width} × {height} pixels: each picture would have {pixels}, and no codec takes more than {most}: choose a smaller size':
    'un film de {width} × {height} pixels : chaque image en aurait {pixels}, et aucun codec n’en prend plus de {most} : choisissez une taille plus petite',
  '{seconds} seconds at {rate} frames a second: give numbers above 0':
    '{seconds} secondes à {rate} images par seconde : donnez des nombres au-dessus de 0',
  '{steps} steps a frame: give a whole number from 1': '{steps} pas par image : donnez un entier à partir de 1',
  '{seconds} seconds at {rate} frames a second are {frames} frames: give at least 1 and at most {most}':
    '{seconds} secondes à {rate} images par seconde font {frames} images : donnez-en au moins 1 et au plus {most}',
  'the run was changed while it was filmed: start the film again':
    'l’exécution a changé pendant le film : recommencez le film',
  Picture: 'Image',
  'The cloud as it is now, for slides and papers; drawn at that size, not scaled up.':
    'Le nuage tel qu’il est, pour diapositives et articles ; dessiné à cette taille, non agrandi.',
  'Save picture (PNG)': 'Enregistrer l’image (PNG)',
  '{width} × {height} pixels': '{width} × {height} pixels',
  'This graphics adapter draws up to {most} pixels along a side.':
    'Cet adaptateur graphique dessine jusqu’à {most} pixels par côté.',
  'This browser draws up to {most} pixels along a side.':
    'Ce navigateur dessine jusqu’à {most} pixels par côté.',
  'a side of {side} pixels: give a whole number from {least} to {most}':
    'un côté de {side} pixels : donnez un entier de {least} à {most}',
  '{width} × {height} pixels are {pixels}, and {most} fit into one picture: choose a smaller side':
    '{width} × {height} pixels font {pixels}, et une image en contient {most} : choisissez un côté plus petit',
  'step {step}   t = {t}   loss {loss}   n = {n}': 'pas {step}   t = {t}   perte {loss}   n = {n}',
  'this browser could not write {width} × {height} pixels: choose a smaller picture':
    'ce navigateur n’a pas pu écrire {width} × {height} pixels : choisissez une image plus petite',
  'The link is copied without the data, which are too long for one: save CONFIG.json to pass them on':
    'Le lien est copié sans les données, trop longues pour un lien : enregistrez CONFIG.json pour les transmettre',
  'To run it again, or to send it: the settings hold the seed, so the run is the same.':
    'Pour la refaire, ou l’envoyer : les réglages contiennent la graine, l’exécution est donc la même.',
  'Copy command': 'Copier la commande',
  'The command is copied': 'La commande est copiée',
  'Copy link': 'Copier le lien',
  'The link to this run is copied': 'Le lien de cette exécution est copié',
  'Copy code for a frame': 'Copier le code d’un cadre',
  'HTML that shows this run in a frame of another page is copied':
    'Le HTML qui montre cette exécution dans un cadre d’une autre page est copié',
  'the cloud and its buttons, in another page': 'le nuage et ses boutons, dans une autre page',
  'In a checkout of this program, beside the saved file:':
    'Dans une copie de travail de ce programme, à côté du fichier enregistré :',
  ', up to step {step}': ', jusqu’au pas {step}',
  '{count} characters': '{count} caractères',
  'writing {name}': 'écriture de {name}',
  'Size in pixels': 'Taille en pixels',
  'another size': 'autre taille',
  Width: 'Largeur',
  Height: 'Hauteur',
};
