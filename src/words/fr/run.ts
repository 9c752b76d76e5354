/** A run and its cloud: captions, picked neurons, the timeline, what stops and what fails. */
import type { run as sentences } from '../de/run.ts';

export const run: Record<keyof typeof sentences, string> = {
  parameterization: 'paramétrisation',
  'The cloud of neurons': 'Le nuage des neurones',
  ' and {m} held out': ' et {m} mis de côté',
  '{m} samples{held}': '{m} exemples{held}',
  '{title}: {target} from {inputs}, {rows}.': '{title} : {target} d’après {inputs}, {rows}.',
  '{count} outputs': '{count} sorties',
  '{count} inputs': '{count} entrées',
  '{some} and {last}': '{some} et {last}',
  'Your own data': 'Vos propres données',
  '{title}, with another network.': '{title}, avec un autre réseau.',
  'principal direction {place}': 'direction principale {place}',
  'The neurons spread in {place} directions: choose one of these':
    'Les neurones s’étalent dans {place} directions : choisissez l’une d’elles',
  '{place} of w0 at step {step}': '{place} de w0 au pas {step}',
  '{renderer}, {drawn} of them': '{renderer}, {drawn} d’entre eux',
  step: 'pas',
  loss: 'perte',
  computed: 'calculé',
  activation: 'activation',
  bias: 'biais',
  initial: 'départ',
  dynamics: 'dynamique',
  'Of the link, axes = {axes} could not be used: {why}.': 'Du lien, axes = {axes} n’a pas pu servir : {why}.',
  'neurons have components 0 to {last} here': 'les neurones ont ici les composantes 0 à {last}',
  'the directions of the target are u1 to u{last} here': 'les directions de la cible sont ici u1 à u{last}',
  'no direction of the target is known here, name components':
    'aucune direction de la cible n’est connue ici, nommez des composantes',
  'speed |b|': 'vitesse |b|',
  'the first w1': 'le premier w1',
  'Every neuron as a point, the lighter the faster it moves':
    'Chaque neurone comme un point, d’autant plus clair qu’il va vite',
  'Every neuron as a point; orange where {number} > 0, blue where {number} < 0':
    'Chaque neurone comme un point ; orange où {number} > 0, bleu où {number} < 0',
  across: 'en largeur',
  up: 'en hauteur',
  'towards you (drag to turn)': 'vers vous (glisser pour tourner)',
  'Each point is one neuron: {places}.': 'Chaque point est un neurone : {places}.',
  'It is drawn |w1| times as far from 0 as it lies.': 'Il est dessiné |w1| fois plus loin de 0 qu’il n’est.',
  'It is drawn as far from 0 as |w0| is long.': 'Il est dessiné à la distance de 0 qu’a |w0| pour longueur.',
  'output weight of {name}': 'poids de sortie de {name}',
  'output weight w1': 'poids de sortie w1',
  'weight of {name}': 'poids de {name}',
  'Let the neuron go': 'Lâcher le neurone',
  'The picked neuron': 'Le neurone choisi',
  'drawn at 1/{by} of its height': 'dessiné à 1/{by} de sa hauteur',
  'No neuron further on': 'Aucun neurone plus loin',
  '{title}: {facts}. Arrows go on, Escape lets go.': '{title} : {facts}. Les flèches continuent, Échap lâche.',
  sample: 'exemple',
  'Look at f: {name}': 'Regarder f : {name}',
  'Neuron {neuron} of {n}': 'Neurone {neuron} sur {n}',
  'way from its start': 'chemin depuis son départ',
  'Its path since step {since}.': 'Son chemin depuis le pas {since}.',
  'Over f its ridge w1 Φ{scale}; {mean}.': 'Sur f sa crête w1 Φ{scale} ; {mean}.',
  'Earlier moments keep {kept} neurons, and this one is not among them: “Now” brings it back.':
    'Les instants passés gardent {kept} neurones, et celui-ci n’en est pas : « Maintenant » le ramène.',
  'One in {count} neurons answers.': 'Un neurone sur {count} répond.',
  'f is the mean of all ridges': 'f est la moyenne de toutes les crêtes',
  'f is {factor} times the sum of all ridges': 'f est {factor} fois la somme de toutes les crêtes',
  '{shown} and {count} more': '{shown} et {count} de plus',
  'At {where}, {lit} of {some} neurons make {percent} % of Σ |w1 Φ|: they are lit.':
    'En {where}, {lit} neurones sur {some} font {percent} % de Σ |w1 Φ| : ils sont éclairés.',
  'step {step}': 'pas {step}',
  'loss {loss}': 'perte {loss}',
  'Let this picture go: {picture}': 'Enlever cette image : {picture}',
  'The picture is kept below the figures.': 'L’image est gardée sous les figures.',
  'Pictures kept for comparison': 'Images gardées pour comparer',
  'the same with {n} neurons': 'la même avec {n} neurones',
  'the preset “{title}”': 'le préréglage “{title}”',
  'the same with fewer neurons': 'la même avec moins de neurones',
  '{title} on the CPU': '{title} sur le CPU',
  'What was asked for cannot run here: {message}. This is {name}.':
    'Ce qui était demandé ne peut tourner ici : {message}. Voici à la place : {name}.',
  't reaches': 't atteint',
  't has reached {value}': 't a atteint {value}',
  'the step is': 'le pas est',
  'step {value} is reached': 'le pas {value} est atteint',
  'the loss is at most': 'la perte est au plus',
  'the loss is at most {value}': 'la perte est au plus {value}',
  'R² is at least': 'R² est au moins',
  'R² is at least {value}': 'R² est au moins {value}',
  'It stopped: {reason}. Play goes on.': 'Arrêt : {reason}. Lancer continue.',
  'stop = "{text}" is no condition: write one of {names}, a colon and a number, such as r2:0.95':
    'stop = "{text}" n’est pas une condition : écrivez l’un de {names}, deux points et un nombre, comme r2:0.95',
  'data.samples = {samples}: this page draws {most} samples at most, choose fewer or use the command line':
    'data.samples = {samples} : cette page tire {most} exemples au plus, choisissez-en moins ou prenez la ligne de commande',
  'n = {n} neurons and {rows} samples are {pairs} pairs a step, this page takes {most}: choose fewer, or a batch':
    'n = {n} neurones et {rows} exemples font {pairs} paires par pas, cette page en prend {most} : choisissez-en moins, ou un lot',
  'This tab ended while it ran {was} neurons: it takes {now} now, and the settings take more.':
    'Cet onglet s’est terminé avec {was} neurones : il en prend {now} maintenant, et les réglages en prennent plus.',
  'The CPU computes: {why}.': 'Le CPU calcule : {why}.',
  '{setting} is for the command line, which tells its t: give another law':
    '{setting} est pour la ligne de commande, qui dit son t : donnez une autre loi',
  '{neurons} neurons, chosen for the speed of this machine; the settings take more.':
    '{neurons} neurones, choisis pour la vitesse de cette machine ; les réglages en prennent plus.',
  '{neurons} neurons, chosen for the speed of this adapter; the settings take more.':
    '{neurons} neurones, choisis pour la vitesse de cet adaptateur ; les réglages en prennent plus.',
  '{path}: the page cannot open files by name, drop it on the page':
    '{path} : la page ne peut ouvrir de fichiers par leur nom, déposez-le sur la page',
  '{n} neurons meet {m} samples: a step takes about {seconds} s here.':
    '{n} neurones rencontrent {m} exemples : un pas dure environ {seconds} s ici.',
  'The graphics device was lost; the run was computed again up to here.':
    'Le périphérique graphique a été perdu ; l’exécution a été recalculée jusqu’ici.',
  'A worker stopped; the run was computed again up to here.':
    'Un worker s’est arrêté ; l’exécution a été recalculée jusqu’ici.',
  '{count} tries within a minute to go on': '{count} essais de continuer en une minute',
  'its workers stopped, and {tries} did not last': 'ses workers se sont arrêtés, et {tries} n’ont pas tenu',
  'the graphics device was lost, and {tries} with it did not last':
    'le périphérique graphique a été perdu, et {tries} avec lui n’ont pas tenu',
  'is above ≈ {most}, the longest that is stable where the run is':
    'est au-dessus de ≈ {most}, le plus long qui soit stable où en est l’exécution',
  'is above ≈ {most}, the longest that is stable where the run began':
    'est au-dessus de ≈ {most}, le plus long qui soit stable où l’exécution a commencé',
  'is too long here': 'est trop long ici',
  'The loss has run away, from {least} to {loss} and on: the step dt = {dt} {why}. Take a shorter step or fewer neurons, then Reset.':
    'La perte s’est emballée, de {least} à {loss} et au-delà : le pas dt = {dt} {why}. Prenez un pas plus court ou moins de neurones, puis Début.',
  'Nothing to undo: no setting was changed': 'Rien à annuler : aucun réglage n’a changé',
  'Nothing to do again: nothing was undone': 'Rien à refaire : rien n’a été annulé',
  'Look back': 'Revenir en arrière',
  Now: 'Maintenant',
  Link: 'Lien',
  'Copy a link that runs to this moment and stops there':
    'Copier un lien qui va jusqu’à ce moment et s’y arrête',
  'Moments of this run': 'Moments de cette exécution',
  'Keep a picture of the cloud below the figures, to compare':
    'Garder une image du nuage sous les figures, pour comparer',
  Timeline: 'Chronologie',
  'step {step}, t = {t}, loss {loss}': 'pas {step}, t = {t}, perte {loss}',
  'now: {said}': 'maintenant : {said}',
  'the loss falls fastest': 'la perte baisse le plus vite',
  'half of the fall is done': 'la moitié de la baisse est faite',
  'the cloud comes to rest': 'le nuage vient au repos',
  'the kernel K settles': 'le noyau K se fixe',
  'an earlier state stands still: play, and the run goes on':
    'un état antérieur est arrêté : lancez, et l’exécution continue',
  'The cloud': 'Le nuage',
  'an earlier state': 'un état antérieur',
  'A link that runs to step {step} and stops there is copied.':
    'Un lien qui va jusqu’au pas {step} et s’y arrête est copié.',
  '{title} ({rows}): {summary}.': '{title} ({rows}) : {summary}.',
};
