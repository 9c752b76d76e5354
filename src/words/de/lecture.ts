/** The lecture’s chapters. */
export const lecture = {
  'What freezes in the NTK scaling': 'Was in der NTK-Skalierung einfriert',
  'A two-layer network of width n has n hidden neurons. With the prefactor 1/√n and weights of size 1 its output is of size 1, and gradient descent at a fixed rate moves the output by Θ(1) in a step.':
    'Ein zweischichtiges Netz der Breite n hat n verborgene Neuronen. Mit dem Vorfaktor 1/√n und Gewichten der Größe 1 ist seine Ausgabe von der Größe 1, und Gradientenabstieg mit fester Rate bewegt die Ausgabe je Schritt um Θ(1).',
  'Each neuron moves by Θ(1/√n) only. In a wide network the neurons stay where they were drawn, the tangent kernel K stays what it was, and learning is linear: the network chooses a combination of features that it was born with.':
    'Jedes Neuron bewegt sich nur um Θ(1/√n). In einem breiten Netz bleiben die Neuronen, wo sie gezogen wurden, der Tangentenkern K bleibt, was er war, und das Lernen ist linear: Das Netz wählt eine Kombination von Merkmalen, mit denen es geboren wurde.',
  'Watch the cloud: f follows the data, and the points hardly leave their places.':
    'Sehen Sie auf die Wolke: f folgt den Daten, und die Punkte verlassen ihre Plätze kaum.',
  'Run 1,024 neurons to step 50, then 16,384. The loss falls in the same way; the cloud moves a quarter as far.':
    'Lassen Sie 1,024 Neuronen bis Schritt 50 laufen, dann 16,384. Der Verlust fällt auf dieselbe Weise; die Wolke bewegt sich ein Viertel so weit.',
  'How can the loss fall when no neuron moves?': 'Wie kann der Verlust fallen, wenn sich kein Neuron bewegt?',
  'There are n of them. Each moves by 1/√n in the direction that helps, each counts 1/√n in the output, and n · (1/√n) · (1/√n) = 1.':
    'Es gibt n davon. Jedes bewegt sich um 1/√n in die Richtung, die hilft, jedes zählt 1/√n in der Ausgabe, und n · (1/√n) · (1/√n) = 1.',
  'The same training with prefactor 1 and initial standard deviation 1/√n needs the rate 1/n for W1 and 1 for W0, not 1/√n for both.':
    'Dasselbe Training mit Vorfaktor 1 und anfänglicher Standardabweichung 1/√n braucht die Rate 1/n für W1 und 1 für W0, nicht 1/√n für beide.',
  'The naive learning rate': 'Die naive Lernrate',
  'Neurons should move, so let the rate grow: η = η0 √n. Then each of them moves by Θ(1) in a step.':
    'Neuronen sollen sich bewegen, also wachse die Rate: η = η0 √n. Dann bewegt sich jedes je Schritt um Θ(1).',
  'But all of them move in the direction that lowers the loss, their effects add up, and the output jumps by Θ(√n). Beyond a width the step is too long for the curvature of the loss, and training diverges.':
    'Aber alle bewegen sich in die Richtung, die den Verlust senkt, ihre Wirkungen addieren sich, und die Ausgabe springt um Θ(√n). Ab einer Breite ist der Schritt für die Krümmung des Verlusts zu lang, und das Training divergiert.',
  'At n = 256 this rate is small enough. With 4,096 neurons the loss leaps up before it falls. With 16,384 it grows without end, and the page says so.':
    'Bei n = 256 ist diese Rate klein genug. Mit 4,096 Neuronen springt der Verlust hoch, bevor er fällt. Mit 16,384 wächst er ohne Ende, und die Seite sagt es.',
  'What would you have to do to the output so that neurons may move by Θ(1)?':
    'Was müssten Sie mit der Ausgabe tun, damit Neuronen sich um Θ(1) bewegen dürfen?',
  'Make it smaller by √n: the prefactor 1/n in place of 1/√n. A neuron then feels √n times less, so the rate grows once more, to η0 n: in a step the neurons move by Θ(1) and f changes by Θ(1).':
    'Sie um √n kleiner machen: der Vorfaktor 1/n statt 1/√n. Ein Neuron spürt dann √n-mal weniger, also wächst die Rate noch einmal, auf η0 n: In einem Schritt bewegen sich die Neuronen um Θ(1), und f ändert sich um Θ(1).',
  'The mean-field parameterization': 'Die Mean-Field-Parametrisierung',
  'With the prefactor 1/n the output is an average over neurons, and with the rate η0 n every neuron moves by Θ(1): nothing depends on n any more. The output of a wide network is an integral over a measure ρ, the law of a neuron.':
    'Mit dem Vorfaktor 1/n ist die Ausgabe ein Mittel über Neuronen, und mit der Rate η0 n bewegt sich jedes Neuron um Θ(1): Nichts hängt mehr von n ab. Die Ausgabe eines breiten Netzes ist ein Integral über ein Maß ρ, die Verteilung eines Neurons.',
  'Now features are learned. The round cloud breaks up: neurons gather along a few filaments, in pairs, where the data ask for a bend.':
    'Jetzt werden Merkmale gelernt. Die runde Wolke zerfällt: Neuronen sammeln sich entlang weniger Fäden, paarweise, wo die Daten einen Knick verlangen.',
  'Turn the cloud with the mouse: the third axis is the output weight w1. Then run few neurons and many: the picture is the same, only sharper, and they come equally far.':
    'Drehen Sie die Wolke mit der Maus: Die dritte Achse ist das Ausgangsgewicht w1. Lassen Sie dann wenige Neuronen laufen und viele: Das Bild ist dasselbe, nur schärfer, und sie kommen gleich weit.',
  'Why is f almost 0 at the start?': 'Warum ist f am Anfang fast 0?',
  'It is an average of n independent terms of mean 0, so it tends to 0 by the law of large numbers, and its size is 1/√n by the central limit theorem.':
    'Es ist ein Mittel aus n unabhängigen Termen mit Mittel 0, also strebt es nach dem Gesetz der großen Zahlen gegen 0, und seine Größe ist nach dem zentralen Grenzwertsatz 1/√n.',
  'The abc-parameterization': 'Die abc-Parametrisierung',
  'Yang and Hu write every scaling with three numbers for a layer: the weights are n⁻ᵃ w, w is drawn with standard deviation n⁻ᵇ, and the rate is n⁻ᶜ.':
    'Yang und Hu schreiben jede Skalierung mit drei Zahlen je Schicht: Die Gewichte sind n⁻ᵃ w, w wird mit der Standardabweichung n⁻ᵇ gezogen, und die Rate ist n⁻ᶜ.',
  'Some choices are the same network in other units: shifting (a, b, c) to (a + s, b − s, c − 2s) in all layers changes w and the rate, but not the function fₜ. The “maximal update” parameterization μP of a two-layer network is the mean-field one, shifted by s = −1/2.':
    'Manche Wahlen sind dasselbe Netz in anderen Einheiten: Verschiebt man (a, b, c) in allen Schichten zu (a + s, b − s, c − 2s), so ändern sich w und die Rate, aber nicht die Funktion fₜ. Die “Maximal-Update”-Parametrisierung μP eines zweischichtigen Netzes ist die Mean-Field-Parametrisierung, um s = −1/2 verschoben.',
  'This run is in μP. Its f and its loss are those of the chapter before, to the last bits of rounding; only the axes of the cloud have another scale.':
    'Dieser Lauf ist in μP. Sein f und sein Verlust sind die des vorigen Kapitels, bis auf die letzten gerundeten Bits; nur die Achsen der Wolke haben eine andere Skala.',
  'Run μP to step 200. Switch to mean-field there: the weights stay, so this is another network, with another loss. Drawn anew it has the loss of μP at step 200.':
    'Lassen Sie μP bis Schritt 200 laufen. Wechseln Sie dort zu mean-field: Die Gewichte bleiben, also ist es ein anderes Netz mit einem anderen Verlust. Neu gezogen hat es den Verlust von μP bei Schritt 200.',
  'Which of the named parameterizations cannot be shifted into each other?':
    'Welche der benannten Parametrisierungen lassen sich nicht ineinander verschieben?',
  'Those with different (2a + c, a + b): a shift leaves these sums alone. ntk has (1, 1/2) and mean-field (1, 1) in the last layer.':
    'Die mit verschiedenem (2a + c, a + b): Eine Verschiebung lässt diese Summen in Ruhe. ntk hat in der letzten Schicht (1, 1/2) und mean-field (1, 1).',
  'State spaces and the empirical measure': 'Zustandsräume und das empirische Maß',
  'The same training can be followed in several spaces: in all weights θ; in the neurons’ values h and g on the data; or in the outputs f alone, which is enough only while the kernel is frozen.':
    'Dasselbe Training lässt sich in mehreren Räumen verfolgen: in allen Gewichten θ; in den Werten h und g der Neuronen auf den Daten; oder in den Ausgaben f allein, was nur genügt, solange der Kern eingefroren ist.',
  'Neurons have no names. Exchange two of them and the function is the same, so what matters is not the list θ₁ … θₙ but the empirical measure ρ⁽ⁿ⁾: a cloud of n points, each of mass 1/n. Every quantity of interest is an integral against it.':
    'Neuronen haben keine Namen. Tauscht man zwei, so bleibt die Funktion dieselbe; es zählt also nicht die Liste θ₁ … θₙ, sondern das empirische Maß ρ⁽ⁿ⁾: eine Wolke aus n Punkten, jeder mit der Masse 1/n. Jede Größe von Interesse ist ein Integral dagegen.',
  'With 256 neurons you see points. Raise their number, and watch the points become a density.':
    'Mit 256 Neuronen sehen Sie Punkte. Erhöhen Sie ihre Zahl und sehen Sie zu, wie aus den Punkten eine Dichte wird.',
  'What happens to f if every neuron is replaced by two copies of itself?':
    'Was geschieht mit f, wenn jedes Neuron durch zwei Kopien seiner selbst ersetzt wird?',
  'Nothing, at any time: the measure is the same, and in mean field only the measure matters.':
    'Nichts, zu keiner Zeit: Das Maß ist dasselbe, und im Mean-Field zählt nur das Maß.',
  'The notes call ρ⁽ⁿ⁾ “the mean-field ODE”. It is the empirical measure; the ODE is the next chapter’s.':
    'Die Notizen nennen ρ⁽ⁿ⁾ “the mean-field ODE”. Es ist das empirische Maß; die ODE kommt im nächsten Kapitel.',
  'The McKean–Vlasov equation': 'Die McKean–Vlasov-Gleichung',
  'A neuron feels the others only through the residuals r = f − y: m numbers, the same for all. Given them, every neuron moves by itself along the field b.':
    'Ein Neuron spürt die anderen nur durch die Residuen r = f − y: m Zahlen, für alle dieselben. Sind sie gegeben, so bewegt sich jedes Neuron für sich entlang des Felds b.',
  'As n grows, rₜ becomes deterministic, and a neuron follows an ODE that contains its own law. McKean studied such equations for gases in 1966. Training by gradient descent is Euler’s method for it, with the learning rate as the step.':
    'Wenn n wächst, wird rₜ deterministisch, und ein Neuron folgt einer ODE, die seine eigene Verteilung enthält. McKean untersuchte solche Gleichungen 1966 für Gase. Training durch Gradientenabstieg ist Eulers Verfahren dafür, mit der Lernrate als Schritt.',
  'Colours show the speed |b|. Neurons hurry while the residual is large and come to rest when it vanishes.':
    'Farben zeigen das Tempo |b|. Neuronen eilen, solange das Residuum groß ist, und kommen zur Ruhe, wenn es verschwindet.',
  'Watch the cloud condense on a few rays, more of them at each fall of the loss. The dashed ones are those of the teacher that made the data, and, fainter, the other halves of their lines. From t = 400 on most of the cloud’s lie near their lines, on one side or the other: relu(u) − relu(−u) = u, so that both sides make the same bend.':
    'Sehen Sie zu, wie die Wolke auf wenigen Strahlen kondensiert, auf mehr davon mit jedem Fall des Verlusts. Die gestrichelten sind die des Lehrers, der die Daten machte, und, schwächer, die anderen Hälften ihrer Geraden. Ab t = 400 liegen die meisten der Wolke nahe ihren Geraden, auf der einen oder der anderen Seite: relu(u) − relu(−u) = u, so dass beide Seiten denselben Knick machen.',
  'For relu, which quantity does every neuron keep for ever?':
    'Welche Größe behält jedes Neuron bei relu für immer?',
  'w1² − |w0|². The flow conserves it exactly; a step of size dt changes it by dt² (b1² − |b0|²).':
    'w1² − |w0|². Der Fluss erhält sie genau; ein Schritt der Größe dt ändert sie um dt² (b1² − |b0|²).',
  'The notes print φ(⟨w0, x⟩) x in the equation of w0. The gradient of the loss has w1 φ′(⟨w0, x⟩) x; with the printed one the loss would not fall as −∫|b|² dρ, and w1² − |w0|² would drift.':
    'Die Notizen drucken φ(⟨w0, x⟩) x in der Gleichung von w0. Der Gradient des Verlusts hat w1 φ′(⟨w0, x⟩) x; mit dem gedruckten fiele der Verlust nicht wie −∫|b|² dρ, und w1² − |w0|² würde driften.',
  'Propagation of chaos': 'Ausbreitung des Chaos',
  'At the start the neurons are independent. They interact, so they cannot stay independent; but each feels only the average of all, and as n grows any fixed number of them becomes independent again, at every later time. This is what Kac called propagation of chaos.':
    'Am Anfang sind die Neuronen unabhängig. Sie wechselwirken, also können sie nicht unabhängig bleiben; aber jedes spürt nur das Mittel aller, und wenn n wächst, wird jede feste Zahl von ihnen wieder unabhängig, zu jeder späteren Zeit. Das nannte Kac propagation of chaos.',
  'Sznitman’s proof lets each neuron run beside an independent copy that starts at the same place and feels the limit ρₜ instead of the cloud. The mean square distance between the two is Θ(1/n).':
    'Sznitmans Beweis lässt jedes Neuron neben einer unabhängigen Kopie laufen, die am selben Ort beginnt und den Limes ρₜ statt der Wolke spürt. Der mittlere quadratische Abstand der beiden ist Θ(1/n).',
  'Make a few draws and watch the loss at step 100: it varies by about 1/√n. With 16,384 neurons the variation is four times smaller.':
    'Machen Sie einige Ziehungen und sehen Sie auf den Verlust bei Schritt 100: Er schwankt um etwa 1/√n. Mit 16,384 Neuronen ist die Schwankung viermal kleiner.',
  'The bound for the law of k neurons is (1/n) eᶜᵗ, without a square root, while the distance to the copies is 1/√n. Is that a contradiction?':
    'Die Schranke für die Verteilung von k Neuronen ist (1/n) eᶜᵗ, ohne Wurzel, während der Abstand zu den Kopien 1/√n ist. Ist das ein Widerspruch?',
  'No: one compares laws, where fluctuations of mean 0 cancel, the other compares neurons one by one, where they do not.':
    'Nein: Die eine vergleicht Verteilungen, in denen Schwankungen mit Mittel 0 sich aufheben, der andere vergleicht Neuron für Neuron, wo sie es nicht tun.',
  'W₂ ≲ (1/n) eᶜᵗ is a statement about laws, and it needs a ρ₀ with a density: started from two points, the W₂ of laws is 1/√n (means of smooth observables keep their 1/n).':
    'W₂ ≲ (1/n) eᶜᵗ ist eine Aussage über Verteilungen und braucht ein ρ₀ mit einer Dichte: Von zwei Punkten aus ist das W₂ der Verteilungen 1/√n (Mittel glatter Observablen behalten ihr 1/n).',
  'Weak form and PDE': 'Schwache Form und PDE',
  'Mass is neither made nor lost: what leaves one place enters another. So ρₜ solves a continuity equation, nonlinear because the field depends on ρ itself.':
    'Masse wird weder erzeugt noch verloren: Was einen Ort verlässt, kommt an einen anderen. Also löst ρₜ eine Kontinuitätsgleichung, nichtlinear, weil das Feld von ρ selbst abhängt.',
  'It holds in the weak sense, tested against smooth functions q. For a finite cloud it holds exactly, too: ρ⁽ⁿ⁾ is a weak solution that starts from n points.':
    'Sie gilt im schwachen Sinn, gegen glatte Funktionen q geprüft. Für eine endliche Wolke gilt sie sogar genau: ρ⁽ⁿ⁾ ist eine schwache Lösung, die von n Punkten ausgeht.',
  'Here there is one input and no bias, so that a neuron is a point in the plane and the cloud can be compared with a density on a grid.':
    'Hier gibt es eine Eingabe und keinen Bias, so dass ein Neuron ein Punkt in der Ebene ist und die Wolke sich mit einer Dichte auf einem Gitter vergleichen lässt.',
  'The density at the right is the PDE, solved on a grid to the time of the cloud. Change the number of neurons: the cloud fills the density ever more finely. How fast, the measurement pde shows.':
    'Die Dichte rechts ist die PDE, auf einem Gitter bis zur Zeit der Wolke gelöst. Ändern Sie die Zahl der Neuronen: Die Wolke füllt die Dichte immer feiner. Wie schnell, zeigt die Messung pde.',
  'Why can this flow never split a single point into two?':
    'Warum kann dieser Fluss einen einzelnen Punkt nie in zwei teilen?',
  'Two neurons at the same place have the same velocity, for ever. A cloud that starts at one point stays one neuron, whatever n is.':
    'Zwei Neuronen am selben Ort haben dieselbe Geschwindigkeit, für immer. Eine Wolke, die in einem Punkt beginnt, bleibt ein Neuron, was immer n ist.',
  'The papers': 'Die Artikel',
  'In 2018 four groups found the limit independently: Mei, Montanari and Nguyen; Chizat and Bach; Rotskoff and Vanden-Eijnden; Sirignano and Spiliopoulos, after Nitanda and Suzuki in 2017. Training is the gradient flow of the loss over measures, in the geometry of optimal transport.':
    '2018 fanden vier Gruppen unabhängig voneinander den Limes: Mei, Montanari und Nguyen; Chizat und Bach; Rotskoff und Vanden-Eijnden; Sirignano und Spiliopoulos, nach Nitanda und Suzuki 2017. Training ist der Gradientenfluss des Verlusts über Maße, in der Geometrie des optimalen Transports.',
  'Chizat and Bach show, for homogeneous φ and under conditions of regularity, that if the flow converges, and the start covers all directions, the limit is a global minimum, although the loss of a finite network is not convex.':
    'Chizat und Bach zeigen, für homogenes φ und unter Bedingungen der Regularität: Konvergiert der Fluss, und deckt der Anfang alle Richtungen ab, so ist der Limes ein globales Minimum, obwohl der Verlust eines endlichen Netzes nicht konvex ist.',
  'Here the method meets real data: the heights of the volcano Maunga Whau. Below are experiments of the papers, each a scene with what it says, what to look at, and how it differs from the paper’s.':
    'Hier trifft die Methode auf echte Daten: die Höhen des Vulkans Maunga Whau. Darunter stehen Experimente der Artikel, jedes eine Szene mit dem, was es sagt, worauf zu achten ist, und worin sie von der des Artikels abweicht.',
  'Let it run to R² = 0.95, then open your own CSV, or one of the experiments: show it run, and see what its line tells you to look at.':
    'Lassen Sie es bis R² = 0.95 laufen, dann öffnen Sie eine eigene CSV oder eines der Experimente: Lassen Sie es laufen, und sehen Sie, worauf seine Zeile hinweist.',
  'Why is the loss convex in ρ but not in the weights?':
    'Warum ist der Verlust konvex in ρ, aber nicht in den Gewichten?',
  'f is linear in ρ, and the loss is convex in f. In the weights f is not linear: they stand inside φ and multiply each other.':
    'f ist linear in ρ, und der Verlust ist konvex in f. In den Gewichten ist f nicht linear: Sie stehen in φ und werden miteinander multipliziert.',
};
