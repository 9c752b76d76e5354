/** A run and its cloud: captions, picked neurons, the timeline, what stops and what fails. */
export const run = {
  parameterization: 'Parametrisierung',
  'The cloud of neurons': 'Die Wolke der Neuronen',
  ' and {m} held out': ' und {m} zurückgehaltene',
  '{m} samples{held}': '{m} Beispiele{held}',
  '{title}: {target} from {inputs}, {rows}.': '{title}: {target} aus {inputs}, {rows}.',
  '{count} outputs': '{count} Ausgaben',
  '{count} inputs': '{count} Eingaben',
  '{some} and {last}': '{some} und {last}',
  'Your own data': 'Eigene Daten',
  '{title}, with another network.': '{title}, mit einem anderen Netz.',
  'principal direction {place}': 'Hauptrichtung {place}',
  'The neurons spread in {place} directions: choose one of these':
    'Die Neuronen streuen in {place} Richtungen: eine von diesen wählen',
  '{place} of w0 at step {step}': '{place} von w0 bei Schritt {step}',
  '{renderer}, {drawn} of them': '{renderer}, {drawn} davon',
  step: 'Schritt',
  loss: 'Verlust',
  computed: 'gerechnet',
  activation: 'Aktivierung',
  bias: 'Bias',
  initial: 'Anfang',
  dynamics: 'Dynamik',
  'Of the link, axes = {axes} could not be used: {why}.':
    'Vom Link war axes = {axes} nicht zu gebrauchen: {why}.',
  'neurons have components 0 to {last} here': 'Neuronen haben hier die Komponenten 0 bis {last}',
  'the directions of the target are u1 to u{last} here': 'die Richtungen des Ziels sind hier u1 bis u{last}',
  'no direction of the target is known here, name components':
    'hier ist keine Richtung des Ziels bekannt, Komponenten nennen',
  'speed |b|': 'Tempo |b|',
  'the first w1': 'das erste w1',
  'Every neuron as a point, the lighter the faster it moves':
    'Jedes Neuron als Punkt, je schneller, desto heller',
  'Every neuron as a point; orange where {number} > 0, blue where {number} < 0':
    'Jedes Neuron als Punkt; orange, wo {number} > 0, blau, wo {number} < 0',
  across: 'nach rechts',
  up: 'nach oben',
  'towards you (drag to turn)': 'nach vorn (ziehen dreht)',
  'Each point is one neuron: {places}.': 'Jeder Punkt ist ein Neuron: {places}.',
  'It is drawn |w1| times as far from 0 as it lies.': 'Er ist |w1|-mal so weit von 0 gezeichnet, wie er liegt.',
  'It is drawn as far from 0 as |w0| is long.': 'Er ist so weit von 0 gezeichnet, wie |w0| lang ist.',
  'output weight of {name}': 'Ausgangsgewicht von {name}',
  'output weight w1': 'Ausgangsgewicht w1',
  'weight of {name}': 'Gewicht von {name}',
  'Let the neuron go': 'Neuron loslassen',
  'The picked neuron': 'Das gewählte Neuron',
  'drawn at 1/{by} of its height': 'gezeichnet mit 1/{by} seiner Höhe',
  'No neuron further on': 'Kein Neuron weiter dort',
  '{title}: {facts}. Arrows go on, Escape lets go.': '{title}: {facts}. Pfeile gehen weiter, Escape lässt los.',
  sample: 'Beispiel',
  'Look at f: {name}': 'f ansehen: {name}',
  'Neuron {neuron} of {n}': 'Neuron {neuron} von {n}',
  'way from its start': 'Weg von seinem Anfang',
  'Its path since step {since}.': 'Sein Weg seit Schritt {since}.',
  'Over f its ridge w1 Φ{scale}; {mean}.': 'Über f sein Grat w1 Φ{scale}; {mean}.',
  'Earlier moments keep {kept} neurons, and this one is not among them: “Now” brings it back.':
    'Frühere Momente behalten {kept} Neuronen, und dieses ist nicht darunter: „Jetzt“ bringt es zurück.',
  'One in {count} neurons answers.': 'Eines von {count} Neuronen antwortet.',
  'f is the mean of all ridges': 'f ist das Mittel aller Grate',
  'f is {factor} times the sum of all ridges': 'f ist {factor} mal die Summe aller Grate',
  '{shown} and {count} more': '{shown} und {count} weitere',
  'At {where}, {lit} of {some} neurons make {percent} % of Σ |w1 Φ|: they are lit.':
    'Bei {where} machen {lit} von {some} Neuronen {percent} % von Σ |w1 Φ|: Sie leuchten.',
  'step {step}': 'Schritt {step}',
  'loss {loss}': 'Verlust {loss}',
  'Let this picture go: {picture}': 'Dieses Bild entfernen: {picture}',
  'The picture is kept below the figures.': 'Das Bild bleibt unter den Abbildungen stehen.',
  'Pictures kept for comparison': 'Bilder zum Vergleich',
  'the same with {n} neurons': 'dasselbe mit {n} Neuronen',
  'the preset “{title}”': 'die Voreinstellung “{title}”',
  'the same with fewer neurons': 'dasselbe mit weniger Neuronen',
  '{title} on the CPU': '{title} auf der CPU',
  'What was asked for cannot run here: {message}. This is {name}.':
    'Das Verlangte kann hier nicht laufen: {message}. Zu sehen ist stattdessen: {name}.',
  't reaches': 't erreicht',
  't has reached {value}': 't hat {value} erreicht',
  'the step is': 'der Schritt ist',
  'step {value} is reached': 'Schritt {value} ist erreicht',
  'the loss is at most': 'der Verlust ist höchstens',
  'the loss is at most {value}': 'der Verlust ist höchstens {value}',
  'R² is at least': 'R² ist mindestens',
  'R² is at least {value}': 'R² ist mindestens {value}',
  'It stopped: {reason}. Play goes on.': 'Angehalten: {reason}. Start setzt fort.',
  'stop = "{text}" is no condition: write one of {names}, a colon and a number, such as r2:0.95':
    'stop = "{text}" ist keine Bedingung: eines von {names}, einen Doppelpunkt und eine Zahl schreiben, etwa r2:0.95',
  'data.samples = {samples}: this page draws {most} samples at most, choose fewer or use the command line':
    'data.samples = {samples}: diese Seite zieht höchstens {most} Beispiele, weniger wählen oder die Kommandozeile nehmen',
  'n = {n} neurons and {rows} samples are {pairs} pairs a step, this page takes {most}: choose fewer, or a batch':
    'n = {n} Neuronen und {rows} Beispiele sind {pairs} Paare je Schritt, diese Seite nimmt {most}: weniger wählen, oder einen Batch',
  'This tab ended while it ran {was} neurons: it takes {now} now, and the settings take more.':
    'Dieser Tab endete, als {was} Neuronen liefen: Jetzt nimmt er {now}, und in den Einstellungen gibt es mehr.',
  'The CPU computes: {why}.': 'Die CPU rechnet: {why}.',
  '{setting} is for the command line, which tells its t: give another law':
    '{setting} ist für die Kommandozeile, die ihr t angibt: ein anderes Gesetz wählen',
  '{neurons} neurons, chosen for the speed of this machine; the settings take more.':
    '{neurons} Neuronen, gewählt nach dem Tempo dieses Rechners; in den Einstellungen gibt es mehr.',
  '{neurons} neurons, chosen for the speed of this adapter; the settings take more.':
    '{neurons} Neuronen, gewählt nach dem Tempo dieses Adapters; in den Einstellungen gibt es mehr.',
  '{path}: the page cannot open files by name, drop it on the page':
    '{path}: die Seite kann Dateien nicht nach Namen öffnen, bitte auf der Seite ablegen',
  '{n} neurons meet {m} samples: a step takes about {seconds} s here.':
    '{n} Neuronen treffen {m} Beispiele: ein Schritt dauert hier etwa {seconds} s.',
  'The graphics device was lost; the run was computed again up to here.':
    'Das Grafikgerät ging verloren; der Lauf wurde bis hierher neu gerechnet.',
  'A worker stopped; the run was computed again up to here.':
    'Ein Worker ist stehen geblieben; der Lauf wurde bis hierher neu gerechnet.',
  '{count} tries within a minute to go on': '{count} Versuche in einer Minute, weiterzumachen,',
  'its workers stopped, and {tries} did not last': 'seine Worker blieben stehen, und {tries} hielten nicht',
  'the graphics device was lost, and {tries} with it did not last':
    'das Grafikgerät ging verloren, und {tries} damit hielten nicht',
  'is above ≈ {most}, the longest that is stable where the run is':
    'liegt über ≈ {most}, dem längsten, der dort stabil ist, wo der Lauf steht',
  'is above ≈ {most}, the longest that is stable where the run began':
    'liegt über ≈ {most}, dem längsten, der dort stabil ist, wo der Lauf begann',
  'is too long here': 'ist hier zu lang',
  'The loss has run away, from {least} to {loss} and on: the step dt = {dt} {why}. Take a shorter step or fewer neurons, then Reset.':
    'Der Verlust ist davongelaufen, von {least} auf {loss} und weiter: Der Schritt dt = {dt} {why}. Einen kürzeren Schritt oder weniger Neuronen nehmen, dann Reset.',
  'Nothing to undo: no setting was changed': 'Nichts zurückzunehmen: keine Einstellung wurde geändert',
  'Nothing to do again: nothing was undone': 'Nichts zu wiederholen: nichts wurde zurückgenommen',
  'Look back': 'Zurückblicken',
  Now: 'Jetzt',
  Link: 'Link',
  'Copy a link that runs to this moment and stops there':
    'Einen Link kopieren, der bis zu diesem Moment läuft und dort anhält',
  'Moments of this run': 'Momente dieses Laufs',
  'Keep a picture of the cloud below the figures, to compare':
    'Ein Bild der Wolke unter den Abbildungen behalten, zum Vergleich',
  Timeline: 'Zeitleiste',
  'step {step}, t = {t}, loss {loss}': 'Schritt {step}, t = {t}, Verlust {loss}',
  'now: {said}': 'jetzt: {said}',
  'the loss falls fastest': 'der Verlust fällt am schnellsten',
  'half of the fall is done': 'der halbe Fall ist getan',
  'the cloud comes to rest': 'die Wolke kommt zur Ruhe',
  'the kernel K settles': 'der Kern K ändert sich nicht mehr',
  'an earlier state stands still: play, and the run goes on':
    'ein früherer Zustand steht still: nach Start geht der Lauf weiter',
  'The cloud': 'Die Wolke',
  'an earlier state': 'ein früherer Zustand',
  'A link that runs to step {step} and stops there is copied.':
    'Ein Link, der bis Schritt {step} läuft und dort anhält, ist kopiert.',
  '{title} ({rows}): {summary}.': '{title} ({rows}): {summary}.',
};
