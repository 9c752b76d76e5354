/** Presets and data sets. */
export const scenes = {
  Curve: 'Kurve',
  'A round cloud of tanh neurons learns sin 6x + x/2 and splits into filaments, a pair for each rise and each fall.':
    'Eine runde Wolke aus tanh-Neuronen lernt sin 6x + x/2 und zerfällt in Fäden, ein Paar für jeden Anstieg und jeden Abfall.',
  'Teacher of five neurons': 'Lehrer mit fünf Neuronen',
  'Relu neurons of small balanced weight condense on a few rays, which turn towards the lines of a teacher’s five neurons.':
    'Relu-Neuronen mit kleinem, ausgeglichenem Gewicht kondensieren auf wenigen Strahlen, die sich zu den Geraden der fünf Neuronen eines Lehrers drehen.',
  'Global temperature 1880–2023': 'Globale Temperatur 1880–2023',
  'The yearly temperature of the Earth as a curve through real data.':
    'Die jährliche Temperatur der Erde als Kurve durch echte Daten.',
  'Volcano Maunga Whau': 'Vulkan Maunga Whau',
  'Heights of a real volcano over two coordinates: the crater appears as the cloud leaves its round start.':
    'Höhen eines echten Vulkans über zwei Koordinaten: Der Krater erscheint, wenn die Wolke ihren runden Anfang verlässt.',
  'Two moons': 'Zwei Monde',
  'Two interleaved half circles told apart: f is +1 on one and −1 on the other.':
    'Zwei verschränkte Halbkreise werden unterschieden: f ist +1 auf dem einen und −1 auf dem anderen.',
  'Curve, lazy': 'Kurve, träge',
  'The curve again in the NTK parameterization: f learns the data while the neurons hardly move.':
    'Noch einmal die Kurve, in der NTK-Parametrisierung: f lernt die Daten, während die Neuronen sich kaum bewegen.',
  'Two Gaussians told apart (Mei, Montanari, Nguyen 2018)':
    'Zwei Gaußverteilungen unterschieden (Mei, Montanari, Nguyen 2018)',
  'One pass of stochastic gradient descent on two Gaussians about 0 of different size: the law of |w0| splits into two bumps.':
    'Ein Durchgang stochastischen Gradientenabstiegs auf zwei Gaußverteilungen um 0 von verschiedener Größe: Die Verteilung von |w0| teilt sich in zwei Buckel.',
  'One shell (Mei, Montanari, Nguyen 2018)': 'Eine Schale (Mei, Montanari, Nguyen 2018)',
  'Two Gaussians that differ less: all neurons gather on one sphere, the best law as long as δ is below a critical value.':
    'Zwei Gaußverteilungen, die sich weniger unterscheiden: Alle Neuronen sammeln sich auf einer Sphäre, der besten Verteilung, solange δ unter einem kritischen Wert liegt.',
  'Two fates (Mei, Montanari, Nguyen 2018)': 'Zwei Schicksale (Mei, Montanari, Nguyen 2018)',
  'An activation that first falls and then rises: from a narrow start all neurons fall to 0 and stay, from one four times as wide they learn.':
    'Eine Aktivierung, die erst fällt und dann steigt: Aus einem engen Anfang fallen alle Neuronen auf 0 und bleiben, aus einem viermal so weiten lernen sie.',
  'Sixty coordinates of 320 (Mei, Montanari, Nguyen 2018)':
    'Sechzig Koordinaten von 320 (Mei, Montanari, Nguyen 2018)',
  'Two Gaussians that differ in 60 of 320 coordinates: relu neurons grow in those and shrink in the others, which is learning features.':
    'Zwei Gaußverteilungen, die sich in 60 von 320 Koordinaten unterscheiden: Relu-Neuronen wachsen in diesen und schrumpfen in den anderen, und das heißt Merkmale lernen.',
  'One direction of two hundred (Mei, Misiakiewicz, Montanari 2019)':
    'Eine Richtung von zweihundert (Mei, Misiakiewicz, Montanari 2019)',
  'An erf teacher of one neuron in 200 dimensions: how far the loss is from its limit depends on the number of neurons alone.':
    'Ein erf-Lehrer mit einem Neuron in 200 Dimensionen: Wie weit der Verlust von seinem Limes ist, hängt allein von der Zahl der Neuronen ab.',
  'A teacher of three neurons (Chizat, Bach 2018)': 'Ein Lehrer mit drei Neuronen (Chizat, Bach 2018)',
  'Relu neurons with weight decay learn fifteen points of the circle from a teacher of three: they gather in a few directions and reach the least objective of all networks.':
    'Relu-Neuronen mit Gewichtszerfall lernen fünfzehn Punkte des Kreises von einem Lehrer mit dreien: Sie sammeln sich in wenigen Richtungen und erreichen die kleinste Zielfunktion aller Netze.',
  'Students and teachers (Saad, Solla 1995)': 'Schüler und Lehrer (Saad, Solla 1995)',
  'One pass over fresh samples: three erf neurons learn from two, first all alike, then each teacher by one of its own.':
    'Ein Durchgang über frische Beispiele: Drei erf-Neuronen lernen von zweien, zuerst alle gleich, dann jeder Lehrer von einem eigenen.',
  'Spikes on a circle (Chizat, Bach 2018)': 'Spitzen auf einem Kreis (Chizat, Bach 2018)',
  'Five spikes, seen through a kernel that blurs them, are found by particles that begin on a grid: they gather at five places.':
    'Fünf Spitzen, durch einen Kern gesehen, der sie verwischt, werden von Teilchen gefunden, die auf einem Gitter beginnen: Sie sammeln sich an fünf Orten.',
  'Lazy or not (Chizat, Oyallon, Bach 2019)': 'Träge oder nicht (Chizat, Oyallon, Bach 2019)',
  'Relu neurons with the prefactor 1/n learn the three directions of a teacher in a hundred dimensions; with 1/√n they fit as well and learn none.':
    'Relu-Neuronen mit dem Vorfaktor 1/n lernen die drei Richtungen eines Lehrers in hundert Dimensionen; mit 1/√n passen sie so gut und lernen keine.',
  'A spin glass (Rotskoff, Vanden-Eijnden 2018)': 'Ein Spinglas (Rotskoff, Vanden-Eijnden 2018)',
  'Radial units on a sphere of five dimensions learn the energy of three-spin interactions: f varies by 1/n from draw to draw, and by less in the end.':
    'Radiale Einheiten auf einer Sphäre von fünf Dimensionen lernen die Energie von Drei-Spin-Wechselwirkungen: f schwankt um 1/n von Ziehung zu Ziehung, und am Ende um weniger.',
  'Digits, one by one (Sirignano, Spiliopoulos 2018)':
    'Ziffern, eine nach der anderen (Sirignano, Spiliopoulos 2018)',
  'Handwritten digits, odd or even, learned one at a time at a rate of α/n: the law of the outer weights moves and settles as n grows.':
    'Handgeschriebene Ziffern, gerade oder ungerade, einzeln gelernt mit der Rate α/n: Die Verteilung der äußeren Gewichte bewegt sich und kommt zur Ruhe, wenn n wächst.',
  'Particles that classify (Nitanda, Suzuki 2017)': 'Teilchen, die klassifizieren (Nitanda, Suzuki 2017)',
  'A measure of base models, moved by stochastic gradient descent on a logistic loss as particles, tells two moons apart.':
    'Ein Maß von Basismodellen, bewegt durch stochastischen Gradientenabstieg auf einem logistischen Verlust als Teilchen, unterscheidet zwei Monde.',
  'From the kernel to features (Yang, Hu 2020)': 'Vom Kern zu Merkmalen (Yang, Hu 2020)',
  'The prefactor n^(−a) at the rate n^(2a − 1): at a = ½ neurons hardly move, at a = 1 they learn features, and f learns at any a between.':
    'Der Vorfaktor n^(−a) mit der Rate n^(2a − 1): bei a = ½ bewegen sich Neuronen kaum, bei a = 1 lernen sie Merkmale, und f lernt bei jedem a dazwischen.',
  'Noise that holds a cloud together (Chen, Ren, Wang 2022)':
    'Rauschen, das eine Wolke zusammenhält (Chen, Ren, Wang 2022)',
  'Noise and weight decay on two moons: neurons never stop, and the cloud stays as near to its limit as it was at first.':
    'Rauschen und Gewichtszerfall auf zwei Monden: Neuronen halten nie an, und die Wolke bleibt ihrem Limes so nah, wie sie es zuerst war.',
  'The largest margin (Chizat, Bach 2020)': 'Der größte Rand (Chizat, Bach 2020)',
  'Sixteen clusters of two classes and an exponential loss: the margin of the network over its norm grows towards the largest that there is.':
    'Sechzehn Haufen zweier Klassen und ein exponentieller Verlust: Der Rand des Netzes über seiner Norm wächst gegen den größten, den es gibt.',
  'Three coordinates of twelve (Abbe, Boix-Adserà, Misiakiewicz 2023)':
    'Drei Koordinaten von zwölf (Abbe, Boix-Adserà, Misiakiewicz 2023)',
  'All corners of a cube of twelve dimensions: nothing of lower degree points to the product of three coordinates, and it is found after a while.':
    'Alle Ecken eines Würfels von zwölf Dimensionen: Nichts von kleinerem Grad weist auf das Produkt dreier Koordinaten, und es wird nach einer Weile gefunden.',
  'one input: y = sin 6x + x/2 on evenly spaced x in [−1, 1]':
    'eine Eingabe: y = sin 6x + x/2 auf gleichmäßig verteilten x in [−1, 1]',
  'Circle teacher': 'Lehrer am Kreis',
  'two inputs on the unit circle, y from a teacher network of five relu neurons drawn from the seed':
    'zwei Eingaben auf dem Einheitskreis, y von einem Lehrernetz aus fünf relu-Neuronen, mit dem Seed gezogen',
  Moons: 'Monde',
  'two inputs: two interleaved half circles, y = +1 on one and −1 on the other':
    'zwei Eingaben: zwei verschränkte Halbkreise, y = +1 auf dem einen und −1 auf dem anderen',
  Spirals: 'Spiralen',
  'two inputs: two spirals of one and a half turns, y = +1 on one and −1 on the other':
    'zwei Eingaben: zwei Spiralen mit anderthalb Windungen, y = +1 auf der einen und −1 auf der anderen',
  Spikes: 'Spitzen',
  'one input, evenly spaced on the circle [0, 1): y = Σ w ψ(x − θ), a few spikes drawn from the seed':
    'eine Eingabe, gleichmäßig verteilt auf dem Kreis [0, 1): y = Σ w ψ(x − θ), einige Spitzen, mit dem Seed gezogen',
  'Single index': 'Ein Index',
  'y = h_k(x1), Hermite’s polynomial of one direction of d':
    'y = h_k(x1), Hermites Polynom einer Richtung von d',
  'Multi index': 'Mehrere Indizes',
  'Hermite’s polynomials of several directions of d: their sum over √indices, or their product':
    'Hermites Polynome mehrerer Richtungen von d: ihre Summe über √indices, oder ihr Produkt',
  Parity: 'Parität',
  'inputs ±1: y = x1 x2 … xk, the parity of k coordinates of d':
    'Eingaben ±1: y = x1 x2 … xk, die Parität von k Koordinaten von d',
  Staircase: 'Treppe',
  'inputs ±1: y = x1 + x1 x2 + … + x1 x2 … xk, a staircase of k steps':
    'Eingaben ±1: y = x1 + x1 x2 + … + x1 x2 … xk, eine Treppe mit k Stufen',
  Teacher: 'Lehrer',
  'y from a teacher network of relu or erf neurons, whose directions are drawn from the seed':
    'y von einem Lehrernetz aus relu- oder erf-Neuronen, deren Richtungen mit dem Seed gezogen sind',
  'Three spin': 'Drei Spins',
  'x on the sphere of radius √d: y = Σ a_pqr x_p x_q x_r / d, all a_pqr standard normal from the seed':
    'x auf der Sphäre mit Radius √d: y = Σ a_pqr x_p x_q x_r / d, alle a_pqr standardnormal aus dem Seed',
  'Two gaussians': 'Zwei Gaußverteilungen',
  'two Gaussians with mean 0 and covariances (1 ± δ)² I, y = ±1, each with probability ½':
    'zwei Gaußverteilungen mit Mittel 0 und Kovarianzen (1 ± δ)² I, y = ±1, jede mit Wahrscheinlichkeit ½',
  'Anisotropic gaussians': 'Anisotrope Gaußverteilungen',
  'two Gaussians with mean 0 and variances (1 ± δ)² of the first s0 coordinates, 1 of the others, y = ±1':
    'zwei Gaußverteilungen mit Mittel 0 und Varianzen (1 ± δ)² der ersten s0 Koordinaten, 1 der anderen, y = ±1',
  Clusters: 'Haufen',
  'two inputs: k² square clusters on [−1, 1]², half of them y = 1 and the others −1, drawn from the seed':
    'zwei Eingaben: k² quadratische Haufen auf [−1, 1]², die Hälfte mit y = 1 und die anderen −1, mit dem Seed gezogen',
  Xor: 'Xor',
  'four Gaussians about (±1, ±1), other coordinates about 0: y = −1 where the two signs agree, else 1':
    'vier Gaußverteilungen um (±1, ±1), andere Koordinaten um 0: y = −1, wo die beiden Vorzeichen gleich sind, sonst 1',
  'Global temperature': 'Globale Temperatur',
  'one input, real: global temperature anomaly in °C for the years 1880–2023':
    'eine Eingabe, echt: Abweichung der globalen Temperatur in °C für die Jahre 1880–2023',
  'Maunga whau': 'Maunga Whau',
  'two inputs, real: heights in metres of the volcano Maunga Whau, Auckland, on a 10 m grid':
    'zwei Eingaben, echt: Höhen in Metern des Vulkans Maunga Whau, Auckland, auf einem 10-m-Gitter',
  Digits: 'Ziffern',
  '49 inputs, real: handwritten digits on 7 × 7 pixels from 0 to 1, y = +1 where odd and −1 where even':
    '49 Eingaben, echt: handgeschriebene Ziffern auf 7 × 7 Pixeln von 0 bis 1, y = +1, wo ungerade, und −1, wo gerade',
};
