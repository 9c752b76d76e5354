/** The figures beside the cloud. */
export const figures = {
  'Density of neurons by {across} and {up}, from the mean-field PDE, under some of the cloud':
    'Dichte der Neuronen nach {across} und {up}, aus der Mean-Field-PDE, unter einem Teil der Wolke',
  'Density ρ of the limit n → ∞ at t = {t}: the mean-field PDE on {cells} × {cells} cells':
    'Dichte ρ des Limes n → ∞ bei t = {t}: die Mean-Field-PDE auf {cells} × {cells} Zellen',
  Pin: 'Anheften',
  '{name} and f against {input}': '{name} und f gegen {input}',
  '{figure}, violet: {run}': '{figure}, violett: {run}',
  'f (orange) against the data': 'f (orange) gegen die Daten',
  '{name} as dots over the field of f, by {names}': '{name} als Punkte über dem Feld von f, nach {names}',
  ' and ': ' und ',
  'f as a field, the data as dots': 'f als Feld, die Daten als Punkte',
  '{name} and f of samples against {xLabel}': '{name} und f der Beispiele gegen {xLabel}',
  'f (orange) and the data': 'f (orange) und die Daten',
  'f (dashed: f = y)': 'f (gestrichelt: f = y)',
  'a perfect fit lies on the diagonal': 'ein vollkommener Fit liegt auf der Diagonalen',
  'f (above 0: +1)': 'f (über 0: +1)',
  'f above 0 says +1, below −1': 'f über 0 heißt +1, darunter −1',
  'f (the largest is the class)': 'f (die größte ist die Klasse)',
  'the largest output says the class': 'die größte Ausgabe nennt die Klasse',
  '{name} in the data': '{name} in den Daten',
  'f against {name}; {said}': 'f gegen {name}; {said}',
  'f against the target': 'f gegen das Ziel',
  Output: 'Ausgabe',
  Against: 'Gegen',
  'by the target': 'nach dem Ziel',
  'by {name}': 'nach {name}',
  'log₁₀ λₖ of K': 'log₁₀ λₖ von K',
  'Tangent kernel K of each pair of samples as colours':
    'Tangentenkern K jedes Paars von Beispielen als Farben',
  'Eigenvalues of K, the largest first, on a logarithmic scale':
    'Eigenwerte von K, der größte zuerst, auf logarithmischer Skala',
  'sample, in the order of {by}{outputs}': 'Beispiel, geordnet {by}{outputs}',
  ', output by output': ', Ausgabe für Ausgabe',
  '{p} of {m} samples': '{p} von {m} Beispielen',
  '{neurons} of {n} neurons': '{neurons} von {n} Neuronen',
  ' of {c} outputs': ' von {c} Ausgaben',
  'Tangent kernel K{blocks} at step {step}: ‖K − K₀‖ / ‖K₀‖ = {drift}{part}':
    'Tangentenkern K{blocks} bei Schritt {step}: ‖K − K₀‖ / ‖K₀‖ = {drift}{part}',
  '; from {part}': '; aus {part}',
  Loss: 'Verlust',
  'Clear earlier runs': 'Frühere Läufe löschen',
  'test loss': 'Testverlust',
  objective: 'Zielfunktion',
  ', {testAccuracy} of those held out': ', bei {testAccuracy} der zurückgehaltenen',
  '; the objective, with its penalties, is {objective}':
    '; die Zielfunktion, mit ihren Straftermen, ist {objective}',
  'Loss; f is right about {accuracy} of the rows{held}{whole}':
    'Verlust; f hat bei {accuracy} der Zeilen recht{held}{whole}',
  'Loss{whole}': 'Verlust{whole}',
  density: 'Dichte',
  'Histogram of {name} over the neurons, now as bars and at the start as an outline':
    'Histogramm von {name} über die Neuronen, jetzt als Balken und am Anfang als Umriss',
  ', of {n} of the neurons': ', von {n} der Neuronen',
  'Marginals at step {step} as bars, at step 0 as an outline{of}':
    'Randverteilungen bei Schritt {step} als Balken, bei Schritt 0 als Umriss{of}',
  'Figures beside the cloud': 'Abbildungen neben der Wolke',
  Figures: 'Abbildungen',
  least: 'kleinster',
  median: 'Median',
  greatest: 'größter',
  'Largest neurons': 'Größte Neuronen',
  Quantiles: 'Quantile',
  'The cloud in numbers': 'Die Wolke in Zahlen',
  'of {some} of {n} neurons': 'von {some} der {n} Neuronen',
  'of {n} neurons': 'von {n} Neuronen',
  'The {count} with the largest {size} {of} at step {step}; |b| is the speed at the start of the last step':
    'Die {count} mit dem größten {size} {of} bei Schritt {step}; |b| ist das Tempo zu Beginn des letzten Schritts',
  'Quantiles {of}': 'Quantile {of}',
  neuron: 'Neuron',
  component: 'Komponente',
  '{title}: nothing yet': '{title}: noch nichts',
  'Observables of the cloud': 'Observablen der Wolke',
  now: 'jetzt',
  'at the start': 'am Anfang',
  'Save what “{title}” shows': 'Speichern, was “{title}” zeigt',
  'Enlarge “{title}”': '“{title}” vergrößern',
  '{title}: there is nothing to save yet': '{title}: noch gibt es nichts zu speichern',
  'f against the data': 'f gegen die Daten',
  'The network’s output and the data: a curve, a field, or predicted against true.':
    'Die Ausgabe des Netzes und die Daten: eine Kurve, ein Feld, oder vorhergesagt gegen wahr.',
  'The loss over steps, and that on held-out data where there are any.':
    'Der Verlust über den Schritten, und der auf zurückgehaltenen Daten, wo es welche gibt.',
  'Density ρ': 'Dichte ρ',
  'The mean-field PDE on a grid, solved to the time of the cloud; for one input without bias.':
    'Die Mean-Field-PDE auf einem Gitter, gelöst bis zur Zeit der Wolke; für eine Eingabe ohne Bias.',
  Marginals: 'Randverteilungen',
  'Histograms of each component of the neurons, now and at the start.':
    'Histogramme jeder Komponente der Neuronen, jetzt und am Anfang.',
  'Tangent kernel K': 'Tangentenkern K',
  'K at the training inputs as a heat map, its eigenvalues, and how far it is from that of the start.':
    'K an den Trainingseingaben als Farbfeld, seine Eigenwerte, und wie weit er von dem am Anfang entfernt ist.',
  'Velocity field b': 'Geschwindigkeitsfeld b',
  'Where the residual pushes a neuron, over the plane in which the cloud is drawn; for d ≤ 2.':
    'Wohin das Residuum ein Neuron schiebt, über der Ebene, in der die Wolke gezeichnet ist; für d ≤ 2.',
  'Table of neurons': 'Tabelle der Neuronen',
  'The cloud in numbers: its largest neurons, and quantiles of each component.':
    'Die Wolke in Zahlen: ihre größten Neuronen, und Quantile jeder Komponente.',
  Observables: 'Observablen',
  'Means of test functions over the cloud, now and at the start.':
    'Mittel von Testfunktionen über die Wolke, jetzt und am Anfang.',
  'Velocity b as arrows over its size as colours': 'Geschwindigkeit b als Pfeile über ihrem Betrag als Farben',
  '{value}, its root mean square': '{value}, sein quadratisches Mittel',
  'all other components are 0': 'alle anderen Komponenten 0 sind',
  'Velocity b at step {step}, in units of θ a unit of time{where}':
    'Geschwindigkeit b bei Schritt {step}, in Einheiten von θ je Zeiteinheit{where}',
  ', where {where}': ', wo {where}',
  '∫ (w1² − |w0|²) dρ, conserved by the flow for relu and linear φ':
    '∫ (w1² − |w0|²) dρ, bei relu und linearem φ vom Fluss erhalten',
  '∫ |w1|₁ dρ, which the ℓ1 penalty makes small': '∫ |w1|₁ dρ, das der ℓ1-Strafterm klein macht',
  '∫ |w1||w0| dρ, the total variation, which its penalty makes small':
    '∫ |w1||w0| dρ, die Totalvariation, die ihr Strafterm klein macht',
  '∫ |⟨w0, u1⟩| dρ, the overlap with direction 1 of the teacher':
    '∫ |⟨w0, u1⟩| dρ, die Überlappung mit Richtung 1 des Lehrers',
  '∫ |⟨w0, u2⟩| dρ, the overlap with direction 2 of the teacher':
    '∫ |⟨w0, u2⟩| dρ, die Überlappung mit Richtung 2 des Lehrers',
  '∫ |⟨w0, u3⟩| dρ, the overlap with direction 3 of the teacher':
    '∫ |⟨w0, u3⟩| dρ, die Überlappung mit Richtung 3 des Lehrers',
  '∫ |⟨w0, u4⟩| dρ, the overlap with direction 4 of the teacher':
    '∫ |⟨w0, u4⟩| dρ, die Überlappung mit Richtung 4 des Lehrers',
  '∫ |⟨w0, u5⟩| dρ, the overlap with direction 5 of the teacher':
    '∫ |⟨w0, u5⟩| dρ, die Überlappung mit Richtung 5 des Lehrers',
  '∫ |⟨w0, u6⟩| dρ, the overlap with direction 6 of the teacher':
    '∫ |⟨w0, u6⟩| dρ, die Überlappung mit Richtung 6 des Lehrers',
  '∫ |⟨w0, u7⟩| dρ, the overlap with direction 7 of the teacher':
    '∫ |⟨w0, u7⟩| dρ, die Überlappung mit Richtung 7 des Lehrers',
  '∫ |⟨w0, u8⟩| dρ, the overlap with direction 8 of the teacher':
    '∫ |⟨w0, u8⟩| dρ, die Überlappung mit Richtung 8 des Lehrers',
};
