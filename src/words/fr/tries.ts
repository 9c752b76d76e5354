/** What a chapter lets one do: predictions, tries, questions to the run, tasks. */
import type { tries as sentences } from '../de/tries.ts';

export const tries: Record<keyof typeof sentences, string> = {
  way: 'chemin',
  'Root mean square way of the neurons from their start, over their size there':
    'Moyenne quadratique du chemin des neurones depuis leur départ, sur leur taille à ce moment',
  Try: 'Essai',
  'What the tries came to': 'Ce que les essais ont donné',
  diverged: 'divergé',
  'Send to the class': 'Envoyer à la classe',
  'Show the class': 'Montrer la classe',
  'There is nothing to send yet: measure first': 'Il n’y a encore rien à envoyer : mesurez d’abord',
  'Sent, without a name.': 'Envoyé, sans nom.',
  'This page does not come from npm run classroom: nobody collects slopes here':
    'Cette page ne vient pas de npm run classroom : personne ne recueille de pentes ici',
  'Nobody has sent anything yet.': 'Personne n’a encore rien envoyé.',
  '{middle} in the middle, from {least} to {most}': '{middle} au milieu, de {least} à {most}',
  'One entry': 'Une réponse',
  '{count} entries': '{count} réponses',
  '{who}. Expected: {predicted}. Measured: {measured}.': '{who}. Attendu : {predicted}. Mesuré : {measured}.',
  Erratum: 'Erratum',
  Chapter: 'Chapitre',
  Back: 'Retour',
  Next: 'Suivant',
  '{chapter} of {count}': '{chapter} sur {count}',
  Sources: 'Sources',
  'It says': 'Il dit',
  Look: 'Regardez',
  'Show it run': 'Faire tourner',
  'Measured in the book Measure, or by: mckean reproduce {name}':
    'Mesuré dans le livre Mesurer, ou par : mckean reproduce {name}',
  'Your prediction': 'Votre prédiction',
  Measure: 'Mesurer',
  'Predict: ': 'Prédisez : ',
  'log₁₀ of the way': 'log₁₀ du chemin',
  'The way of neurons against n, over that at n = {n}':
    'Le chemin des neurones en fonction de n, sur celui à n = {n}',
  slope: 'pente',
  'n = {n} runs.': 'n = {n} tourne.',
  'log₁₀ of loss / loss at 0': 'log₁₀ de perte / perte en 0',
  'Your curve of the loss, and the one that came': 'Votre courbe de la perte, et celle qui est venue',
  'Your curve': 'Votre courbe',
  'loss {value} of its start': 'perte {value} de son départ',
  'The run goes on to the end of your curve.': 'L’exécution va jusqu’au bout de votre courbe.',
  'How does the way that neurons have come by step 20 depend on n? Turn the line, then measure.':
    'Comment le chemin que les neurones ont fait au pas 20 dépend-il de n ? Tournez la droite, puis mesurez.',
  'And here: how does the way that neurons have come by step 20 depend on n?':
    'Et ici : comment le chemin que les neurones ont fait au pas 20 dépend-il de n ?',
  'How will the loss fall? Draw its curve from t = 0 to 200, then run it.':
    'Comment la perte va-t-elle baisser ? Dessinez sa courbe de t = 0 à 200, puis lancez.',
  '{n} neurons': '{n} neurones',
  'then mean-field, the weights kept': 'puis mean-field, avec les mêmes poids',
  'mean-field, drawn anew': 'mean-field, tiré à neuf',
  'to t = 400': 'jusqu’à t = 400',
  'another draw of 1,024': 'un autre tirage de 1,024',
  'another draw of 16,384': 'un autre tirage de 16,384',
  'to R² = 0.95': 'jusqu’à R² = 0.95',
  'Twice the neurons: {times} times as far.': 'Deux fois plus de neurones : {times} fois plus loin.',
  'You expected the slope {predicted}, measured is {measured}':
    'Vous attendiez la pente {predicted}, la mesure donne {measured}',
  ': right': ': juste',
  'Your curve is off by a factor of {off} in the mean. The loss fell most between t = {from} and {to}.':
    'Votre courbe s’écarte d’un facteur {off} en moyenne. La perte a le plus baissé entre t = {from} et {to}.',
  'Why does the loss not fall any more?': 'Pourquoi la perte ne baisse-t-elle plus ?',
  'Why is the kernel K flat?': 'Pourquoi le noyau K est-il plat ?',
  'Why do the points hardly move?': 'Pourquoi les points bougent-ils à peine ?',
  'The run stands at step 0: press Play, and ask again.':
    'L’exécution est au pas 0 : appuyez sur Lancer, et demandez encore.',
  'It grows: the step dt = {dt} is above {stable}, and every step overshoots.':
    'Elle croît : le pas dt = {dt} est au-dessus de {stable}, et chaque pas dépasse son but.',
  '{stable}, the longest that is stable here': '{stable}, le plus long qui soit stable ici',
  'what is stable': 'ce qui est stable',
  'It is above that of the start, {loss} against {loss0}.':
    'Elle est au-dessus de celle du départ, {loss} contre {loss0}.',
  'There is hardly anything left to learn: R² is {r2}.': 'Il ne reste presque rien à apprendre : R² est {r2}.',
  'Noise of temperature τ = {temperature} shakes the neurons, and keeps the loss above a floor.':
    'Un bruit de température τ = {temperature} secoue les neurones, et garde la perte au-dessus d’un plancher.',
  'Decay or a penalty pulls the weights back: it rests where that and the loss balance.':
    'La décroissance ou une pénalité retient les poids : elle se repose où celle-ci et la perte s’équilibrent.',
  '{layers} stand still: only the rest can learn.': '{layers} sont immobiles : seul le reste peut apprendre.',
  '{layer} stands still: only the rest can learn.': '{layer} est immobile : seul le reste peut apprendre.',
  'It is on a plateau: the neurons’ speed |b| is {drift}, {percent} % of that at the start. It falls again when some neurons have turned to where the residual is.':
    'Elle est sur un plateau : la vitesse |b| des neurones est {drift}, {percent} % de celle du départ. Elle baisse de nouveau quand des neurones se sont tournés vers où est le résidu.',
  'It falls: it is {percent} % of that at the start, and neurons move.':
    'Elle baisse : elle est à {percent} % de celle du départ, et les neurones bougent.',
  'K has changed by {percent} % since the start': 'K a changé de {percent} % depuis le départ',
  'It is not flat: {changed}, and the neurons have come {way} % of their size.':
    'Il n’est pas plat : {changed}, et les neurones ont fait {way} % de leur taille.',
  '{changed}, since the neurons that make it have come {way} % of their size.':
    '{changed}, car les neurones qui le font ont parcouru {way} % de leur taille.',
  'In this parameterization a neuron moves by n^(−{exponent}) = {way} at n = {n}: with four times the neurons, {times} times less.':
    'Dans cette paramétrisation un neurone bouge de n^(−{exponent}) = {way} à n = {n} : avec quatre fois plus de neurones, {times} fois moins.',
  'The neurons’ speed has the factor {speed} here.': 'La vitesse des neurones a ici le facteur {speed}.',
  '{layers} stand still.': '{layers} sont immobiles.',
  '{layer} stands still.': '{layer} est immobile.',
  'They do: they have come {way} % of their size by step {step}.':
    'Ils bougent : ils ont fait {way} % de leur taille au pas {step}.',
  'Each has to move by n^(−{exponent}) = {way} only: there are {n} of them, all move in the direction that helps, and their shares add up.':
    'Chacun n’a à bouger que de n^(−{exponent}) = {way} : il y en a {n}, tous bougent dans la direction qui aide, et leurs parts s’ajoutent.',
  'What they were to learn is learned: R² is {r2}.': 'Ce qu’ils devaient apprendre est appris : R² est {r2}.',
  'They have come {way} % of their size in {step} steps: wait.':
    'Ils ont fait {way} % de leur taille en {step} pas : attendez.',
  'Where to begin': 'Par où commencer',
  'Build it': 'À construire',
  Check: 'Vérifier',
  'Done: this run has it.': 'Fait : cette exécution l’a.',
  'Not yet: this run has it not.': 'Pas encore : cette exécution ne l’a pas.',
  'Build a network of at least 1,024 neurons on these data that have come half their size by step 200.':
    'Construisez un réseau d’au moins 1,024 neurones sur ces données qui aient fait la moitié de leur taille au pas 200.',
  'another parameterization': 'une autre paramétrisation',
  'Keep the naive parameterization and take 16,384 neurons: make the loss at step 50 lower than at the start.':
    'Gardez la paramétrisation naïve et prenez 16,384 neurones : rendez la perte au pas 50 plus basse qu’au départ.',
  'a shorter step dt, and Reset': 'un pas dt plus court, et Début',
  'How few neurons are enough? Reach R² = 0.95 with 64 of them at most.':
    'Combien peu de neurones suffisent ? Atteignez R² = 0.95 avec 64 d’entre eux au plus.',
  '64 are the fewest of the menu; a link takes fewer as model.width':
    '64 sont le moins du menu ; un lien en prend moins avec model.width',
  'Write the parameterization ntk as (a, b, c) with a c that is not 0.':
    'Écrivez la paramétrisation ntk comme (a, b, c) avec un c qui n’est pas 0.',
  'ntk is a = (0, 1/2), b = (0, 0), c = 0; shift it': 'ntk est a = (0, 1/2), b = (0, 0), c = 0 ; décalez-la',
  'Build a start at which f is 0 everywhere, whatever n is, though no neuron is 0.':
    'Construisez un départ où f est 0 partout, quel que soit n, bien qu’aucun neurone ne soit 0.',
  'neurons in pairs that cancel, under Start': 'des neurones par paires qui s’annulent, sous Départ',
  'The teacher has five neurons. Reach R² = 0.99 with 64 at most, and stop before t = 100.':
    'L’enseignant a cinq neurones. Atteignez R² = 0.99 avec 64 au plus, et arrêtez avant t = 100.',
  'a link to a moment stops there; not every draw of few neurons finds all lines':
    'un lien vers un moment s’y arrête ; tous les tirages de peu de neurones ne trouvent pas toutes les droites',
  'Find a draw of 64 neurons whose loss at step 100 is above {far}; that of a wide network is near 0.028.':
    'Trouvez un tirage de 64 neurones dont la perte au pas 100 est au-dessus de {far} ; celle d’un réseau large est près de 0.028.',
  'other seeds, under Start, or the key N': 'd’autres graines, sous Départ, ou la touche N',
  'Start all neurons at one point that is not 0, and let 20 steps pass: what does the cloud become?':
    'Faites partir tous les neurones d’un point qui n’est pas 0, et laissez passer 20 pas : que devient le nuage ?',
  'the law dirac for w0 and for w1, under Start': 'la loi dirac pour w0 et pour w1, sous Départ',
  'Learn the volcano with another activation than the scene’s: R² = 0.9.':
    'Apprenez le volcan avec une autre activation que celle de la scène : R² = 0.9.',
  'under Network': 'sous Réseau',
  'STAT 946, lecture 12: the notes that this lecture follows, and mends where they slip':
    'STAT 946, cours 12 : les notes que ce cours suit, et corrige où elles se trompent',
  '{title}: ': '{title} : ',
};
