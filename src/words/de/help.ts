/** The sheet of keys and gestures, and the card for those who come first. */
export const help = {
  'drag, arrow keys': 'ziehen, Pfeiltasten',
  'Turn the cloud.': 'Dreht die Wolke.',
  'wheel, pinch, + and −': 'Mausrad, zwei Finger, + und −',
  'Come nearer or go away.': 'Näher heran oder weiter weg.',
  'a finger up or down, the wheel before a click': 'ein Finger auf oder ab, das Mausrad vor einem Klick',
  'Scroll, where the page scrolls or stands in a frame of another.':
    'Blättert, wo die Seite blättert oder im Rahmen einer anderen steht.',
  'shift and drag, right button, two fingers': 'Umschalt und ziehen, rechte Taste, zwei Finger',
  'Move the picture.': 'Verschiebt das Bild.',
  'double click, Home': 'Doppelklick, Pos1',
  'Back to the first view.': 'Zurück zur ersten Ansicht.',
  'pointer on a neuron': 'Zeiger auf einem Neuron',
  'Its numbers, its path and, over f, its ridge.': 'Seine Zahlen, sein Weg und, über f, sein Grat.',
  'click, tap, Enter': 'Klick, Tippen, Eingabe',
  'Hold the neuron; with Enter the one in the middle. Esc lets it go.':
    'Hält das Neuron fest; mit Eingabe das in der Mitte. Esc lässt es los.',
  'arrow keys while one is held': 'Pfeiltasten, solange eines gehalten wird',
  'On to the next neuron that way; with shift they turn the cloud.':
    'Weiter zum nächsten Neuron in dieser Richtung; mit Umschalt drehen sie die Wolke.',
  'pointer on the picture of f': 'Zeiger auf dem Bild von f',
  'Light the neurons that make f there; Tab and arrow keys do, too.':
    'Beleuchtet die Neuronen, die f dort machen; Tab und Pfeiltasten auch.',
  'neuron, particle': 'Neuron, Teilchen',
  'One point of the cloud: θ = (w1, w0), its output weight and its inner weights. The network is f(x) = n⁻ᵃ Σ w1 φ(⟨w0, x⟩).':
    'Ein Punkt der Wolke: θ = (w1, w0), sein Ausgangsgewicht und seine inneren Gewichte. Das Netz ist f(x) = n⁻ᵃ Σ w1 φ(⟨w0, x⟩).',
  'residual r': 'Residuum r',
  'f − y at each sample: all that a neuron feels of the others.':
    'f − y an jedem Beispiel: alles, was ein Neuron von den anderen spürt.',
  'Time of the gradient flow: the number of steps times dt.':
    'Zeit des Gradientenflusses: die Zahl der Schritte mal dt.',
  'The share of the variance of y that f explains: 1 is a perfect fit, 0 a constant.':
    'Der Anteil der Varianz von y, den f erklärt: 1 ist ein vollkommener Fit, 0 eine Konstante.',
  'The law of a neuron, which the cloud samples: with n → ∞ the cloud becomes the density ρ.':
    'Die Verteilung eines Neurons, aus der die Wolke eine Stichprobe ist: mit n → ∞ wird die Wolke zur Dichte ρ.',
  'Keys and gestures': 'Tasten und Gesten',
  'Anywhere on the page': 'Überall auf der Seite',
  'Keys without Ctrl act': 'Tasten ohne Strg wirken',
  'On the cloud': 'Auf der Wolke',
  Words: 'Wörter',
  'a lesson plan, worksheets and answers': 'ein Unterrichtsplan, Arbeitsblätter und Lösungen',
  'For a class: ': 'Für eine Klasse: ',
  ', to print.': ', zum Drucken.',
  'their licences': 'ihre Lizenzen',
  'This page is free software (MIT). It is built with libraries of others: ':
    'Diese Seite ist freie Software (MIT). Sie ist mit Bibliotheken anderer gebaut: ',
  many: 'viele',
  'Read the lecture': 'Vorlesung lesen',
  'Take my data': 'Meine Daten nehmen',
  'Just watch': 'Nur zusehen',
  'Where to start': 'Wo anfangen',
  'A network as a moving cloud': 'Ein Netz als bewegte Wolke',
  'Each point is one neuron; there are {n}. Where it stands is its weights, and training moves it. The curve beside the cloud, or below it, is what all of them make together.':
    'Jeder Punkt ist ein Neuron; es sind {n}. Wo es steht, das sind seine Gewichte, und das Training bewegt es. Die Kurve neben oder unter der Wolke ist, was alle zusammen machen.',
  'Point at a neuron, or tap it, to see what it adds to that curve. Or start here:':
    'Auf ein Neuron zeigen oder tippen zeigt, was es zu dieser Kurve beiträgt. Oder hier anfangen:',
};
