/** What a chapter lets one do: predictions, tries, questions to the run, tasks. */
export const tries = {
  way: 'Weg',
  'Root mean square way of the neurons from their start, over their size there':
    'Quadratisches Mittel des Wegs der Neuronen von ihrem Anfang, über ihrer Größe dort',
  Try: 'Versuch',
  'What the tries came to': 'Was die Versuche ergaben',
  diverged: 'divergiert',
  'Send to the class': 'An die Klasse senden',
  'Show the class': 'Die Klasse zeigen',
  'There is nothing to send yet: measure first': 'Noch gibt es nichts zu senden: zuerst messen',
  'Sent, without a name.': 'Gesendet, ohne Namen.',
  'This page does not come from npm run classroom: nobody collects slopes here':
    'Diese Seite kommt nicht von npm run classroom: hier sammelt niemand Steigungen',
  'Nobody has sent anything yet.': 'Noch hat niemand etwas gesendet.',
  '{middle} in the middle, from {least} to {most}': '{middle} in der Mitte, von {least} bis {most}',
  'One entry': 'Ein Eintrag',
  '{count} entries': '{count} Einträge',
  '{who}. Expected: {predicted}. Measured: {measured}.': '{who}. Erwartet: {predicted}. Gemessen: {measured}.',
  Erratum: 'Fehler im Druck',
  Chapter: 'Kapitel',
  Back: 'Zurück',
  Next: 'Weiter',
  '{chapter} of {count}': '{chapter} von {count}',
  Sources: 'Quellen',
  'It says': 'Er sagt',
  Look: 'Hinsehen',
  'Show it run': 'Laufen lassen',
  'Measured in the book Measure, or by: mckean reproduce {name}':
    'Gemessen im Buch Messen, oder mit: mckean reproduce {name}',
  'Your prediction': 'Ihre Vorhersage',
  Measure: 'Messen',
  'Predict: ': 'Vorhersagen: ',
  'log₁₀ of the way': 'log₁₀ des Wegs',
  'The way of neurons against n, over that at n = {n}': 'Der Weg der Neuronen gegen n, über dem bei n = {n}',
  slope: 'Steigung',
  'n = {n} runs.': 'n = {n} läuft.',
  'log₁₀ of loss / loss at 0': 'log₁₀ von Verlust / Verlust bei 0',
  'Your curve of the loss, and the one that came': 'Ihre Kurve des Verlusts, und die, die kam',
  'Your curve': 'Ihre Kurve',
  'loss {value} of its start': 'Verlust {value} seines Anfangs',
  'The run goes on to the end of your curve.': 'Der Lauf geht bis zum Ende Ihrer Kurve weiter.',
  'How does the way that neurons have come by step 20 depend on n? Turn the line, then measure.':
    'Wie hängt der Weg, den Neuronen bis Schritt 20 zurückgelegt haben, von n ab? Drehen Sie die Gerade, dann messen Sie.',
  'And here: how does the way that neurons have come by step 20 depend on n?':
    'Und hier: Wie hängt der Weg, den Neuronen bis Schritt 20 zurückgelegt haben, von n ab?',
  'How will the loss fall? Draw its curve from t = 0 to 200, then run it.':
    'Wie wird der Verlust fallen? Zeichnen Sie seine Kurve von t = 0 bis 200, dann lassen Sie laufen.',
  '{n} neurons': '{n} Neuronen',
  'then mean-field, the weights kept': 'dann mean-field, mit denselben Gewichten',
  'mean-field, drawn anew': 'mean-field, neu gezogen',
  'to t = 400': 'bis t = 400',
  'another draw of 1,024': 'eine neue Ziehung von 1,024',
  'another draw of 16,384': 'eine neue Ziehung von 16,384',
  'to R² = 0.95': 'bis R² = 0.95',
  'Twice the neurons: {times} times as far.': 'Doppelt so viele Neuronen: {times}-mal so weit.',
  'You expected the slope {predicted}, measured is {measured}':
    'Sie erwarteten die Steigung {predicted}, gemessen ist {measured}',
  ': right': ': richtig',
  'Your curve is off by a factor of {off} in the mean. The loss fell most between t = {from} and {to}.':
    'Ihre Kurve liegt im Mittel um einen Faktor {off} daneben. Am meisten fiel der Verlust zwischen t = {from} und {to}.',
  'Why does the loss not fall any more?': 'Warum fällt der Verlust nicht weiter?',
  'Why is the kernel K flat?': 'Warum ändert sich der Kern K nicht?',
  'Why do the points hardly move?': 'Warum bewegen sich die Punkte kaum?',
  'The run stands at step 0: press Play, and ask again.':
    'Der Lauf steht bei Schritt 0: Start drücken, und noch einmal fragen.',
  'It grows: the step dt = {dt} is above {stable}, and every step overshoots.':
    'Er wächst: Der Schritt dt = {dt} liegt über {stable}, und jeder Schritt schießt übers Ziel.',
  '{stable}, the longest that is stable here': '{stable}, dem längsten, der hier stabil ist',
  'what is stable': 'dem, was stabil ist',
  'It is above that of the start, {loss} against {loss0}.':
    'Er liegt über dem des Anfangs, {loss} gegen {loss0}.',
  'There is hardly anything left to learn: R² is {r2}.': 'Es gibt kaum noch etwas zu lernen: R² ist {r2}.',
  'Noise of temperature τ = {temperature} shakes the neurons, and keeps the loss above a floor.':
    'Rauschen der Temperatur τ = {temperature} schüttelt die Neuronen und hält den Verlust über einem Boden.',
  'Decay or a penalty pulls the weights back: it rests where that and the loss balance.':
    'Zerfall oder ein Strafterm zieht die Gewichte zurück: Er ruht, wo das und der Verlust sich die Waage halten.',
  '{layers} stand still: only the rest can learn.': '{layers} stehen still: Nur der Rest kann lernen.',
  '{layer} stands still: only the rest can learn.': '{layer} steht still: Nur der Rest kann lernen.',
  'It is on a plateau: the neurons’ speed |b| is {drift}, {percent} % of that at the start. It falls again when some neurons have turned to where the residual is.':
    'Er ist auf einem Plateau: Das Tempo |b| der Neuronen ist {drift}, {percent} % dessen am Anfang. Er fällt wieder, wenn einige Neuronen sich dorthin gedreht haben, wo das Residuum ist.',
  'It falls: it is {percent} % of that at the start, and neurons move.':
    'Er fällt: Er ist {percent} % dessen am Anfang, und Neuronen bewegen sich.',
  'K has changed by {percent} % since the start': 'K hat sich seit dem Anfang um {percent} % geändert',
  'It is not flat: {changed}, and the neurons have come {way} % of their size.':
    'Er ändert sich doch: {changed}, und die Neuronen haben {way} % ihrer Größe zurückgelegt.',
  '{changed}, since the neurons that make it have come {way} % of their size.':
    '{changed}, denn die Neuronen, die ihn machen, haben {way} % ihrer Größe zurückgelegt.',
  'In this parameterization a neuron moves by n^(−{exponent}) = {way} at n = {n}: with four times the neurons, {times} times less.':
    'In dieser Parametrisierung bewegt sich ein Neuron um n^(−{exponent}) = {way} bei n = {n}: mit viermal so vielen Neuronen {times}-mal weniger.',
  'The neurons’ speed has the factor {speed} here.': 'Das Tempo der Neuronen hat hier den Faktor {speed}.',
  '{layers} stand still.': '{layers} stehen still.',
  '{layer} stands still.': '{layer} steht still.',
  'They do: they have come {way} % of their size by step {step}.':
    'Sie tun es: Sie haben bis Schritt {step} {way} % ihrer Größe zurückgelegt.',
  'Each has to move by n^(−{exponent}) = {way} only: there are {n} of them, all move in the direction that helps, and their shares add up.':
    'Jeder muss sich nur um n^(−{exponent}) = {way} bewegen: Es gibt {n} davon, alle bewegen sich in die Richtung, die hilft, und ihre Anteile addieren sich.',
  'What they were to learn is learned: R² is {r2}.': 'Was sie lernen sollten, ist gelernt: R² ist {r2}.',
  'They have come {way} % of their size in {step} steps: wait.':
    'Sie haben in {step} Schritten {way} % ihrer Größe zurückgelegt: abwarten.',
  'Where to begin': 'Wo anfangen',
  'Build it': 'Selbst bauen',
  Check: 'Prüfen',
  'Done: this run has it.': 'Fertig: Dieser Lauf hat es.',
  'Not yet: this run has it not.': 'Noch nicht: Dieser Lauf hat es nicht.',
  'Build a network of at least 1,024 neurons on these data that have come half their size by step 200.':
    'Bauen Sie ein Netz aus mindestens 1,024 Neuronen auf diesen Daten, die bis Schritt 200 die Hälfte ihrer Größe zurückgelegt haben.',
  'another parameterization': 'eine andere Parametrisierung',
  'Keep the naive parameterization and take 16,384 neurons: make the loss at step 50 lower than at the start.':
    'Behalten Sie die naive Parametrisierung und nehmen Sie 16,384 Neuronen: Machen Sie den Verlust bei Schritt 50 kleiner als am Anfang.',
  'a shorter step dt, and Reset': 'ein kürzerer Schritt dt, und Reset',
  'How few neurons are enough? Reach R² = 0.95 with 64 of them at most.':
    'Wie wenige Neuronen genügen? Erreichen Sie R² = 0.95 mit höchstens 64 davon.',
  '64 are the fewest of the menu; a link takes fewer as model.width':
    '64 sind die wenigsten im Menü; ein Link nimmt weniger als model.width',
  'Write the parameterization ntk as (a, b, c) with a c that is not 0.':
    'Schreiben Sie die Parametrisierung ntk als (a, b, c) mit einem c, das nicht 0 ist.',
  'ntk is a = (0, 1/2), b = (0, 0), c = 0; shift it': 'ntk ist a = (0, 1/2), b = (0, 0), c = 0; verschieben',
  'Build a start at which f is 0 everywhere, whatever n is, though no neuron is 0.':
    'Bauen Sie einen Anfang, bei dem f überall 0 ist, was immer n ist, obwohl kein Neuron 0 ist.',
  'neurons in pairs that cancel, under Start': 'Neuronen in Paaren, die sich aufheben, unter Anfang',
  'The teacher has five neurons. Reach R² = 0.99 with 64 at most, and stop before t = 100.':
    'Der Lehrer hat fünf Neuronen. Erreichen Sie R² = 0.99 mit höchstens 64, und halten Sie vor t = 100 an.',
  'a link to a moment stops there; not every draw of few neurons finds all lines':
    'ein Link zu einem Moment hält dort an; nicht jede Ziehung weniger Neuronen findet alle Geraden',
  'Find a draw of 64 neurons whose loss at step 100 is above {far}; that of a wide network is near 0.028.':
    'Finden Sie eine Ziehung von 64 Neuronen, deren Verlust bei Schritt 100 über {far} liegt; der eines breiten Netzes ist nahe 0.028.',
  'other seeds, under Start, or the key N': 'andere Seeds, unter Anfang, oder die Taste N',
  'Start all neurons at one point that is not 0, and let 20 steps pass: what does the cloud become?':
    'Lassen Sie alle Neuronen in einem Punkt beginnen, der nicht 0 ist, und 20 Schritte vergehen: Was wird aus der Wolke?',
  'the law dirac for w0 and for w1, under Start': 'die Verteilung dirac für w0 und für w1, unter Anfang',
  'Learn the volcano with another activation than the scene’s: R² = 0.9.':
    'Lernen Sie den Vulkan mit einer anderen Aktivierung als der der Szene: R² = 0.9.',
  'under Network': 'unter Netz',
  'STAT 946, lecture 12: the notes that this lecture follows, and mends where they slip':
    'STAT 946, Vorlesung 12: die Notizen, denen diese Vorlesung folgt und die sie verbessert, wo sie irren',
  '{title}: ': '{title}: ',
};
