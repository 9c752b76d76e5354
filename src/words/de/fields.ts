/** The settings that configurations have: labels, helps and forms of core/config/fields.ts. */
export const fields = {
  Network: 'Netz',
  'features Φ': 'Merkmale Φ',
  'How a neuron and an input meet': 'Wie ein Neuron und eine Eingabe sich treffen',
  'Φ = φ(⟨w0, x⟩): a hidden layer of neurons': 'Φ = φ(⟨w0, x⟩): eine verborgene Schicht aus Neuronen',
  'Φ = φ(⟨w0, x⟩) without output weights: f is the sum of the neurons':
    'Φ = φ(⟨w0, x⟩) ohne Ausgangsgewichte: f ist die Summe der Neuronen',
  'Φ = e^(−α|x − w0|²/2): bumps on the sphere on which the data lie':
    'Φ = e^(−α|x − w0|²/2): Buckel auf der Sphäre, auf der die Daten liegen',
  'width α': 'Breite α',
  'The bumps are e^(−α|x − w0|²/2): a large α makes them narrow':
    'Die Buckel sind e^(−α|x − w0|²/2): ein großes α macht sie schmal',
  'Φ = 1 + 2 Σ cos 2πk(x − w0): spikes on a circle': 'Φ = 1 + 2 Σ cos 2πk(x − w0): Spitzen auf einem Kreis',
  'order K': 'Ordnung K',
  'Waves in 1 + 2 Σ cos 2πk(x − w0), k = 1 … K': 'Wellen in 1 + 2 Σ cos 2πk(x − w0), k = 1 … K',
  'metric g': 'Metrik g',
  'Positions move g times as fast': 'Orte bewegen sich g-mal so schnell',
  'Of each neuron': 'Jedes Neurons',
  'φ(z) = z: the linear network, whose moments obey a closed ODE':
    'φ(z) = z: das lineare Netz, dessen Momente einer geschlossenen ODE gehorchen',
  "φ(z) = max(z, 0), with φ'(0) = 0": "φ(z) = max(z, 0), mit φ'(0) = 0",
  'φ(z) = erf(z/√2) = √(2/π) ∫₀^z e^(−s²/2) ds': 'φ(z) = erf(z/√2) = √(2/π) ∫₀^z e^(−s²/2) ds',
  'φ(z) = z (1 + erf(z/√2))/2 = z P(Z ≤ z), Z standard normal':
    'φ(z) = z (1 + erf(z/√2))/2 = z P(Z ≤ z), Z standardnormal',
  'φ linear between knots and constant beyond': 'φ linear zwischen Knoten und dahinter konstant',
  'knots z φ': 'Knoten z φ',
  'Pairs z φ with commas between them: linear from one to the next, constant beyond':
    'Paare z φ mit Kommas dazwischen: linear von einem zum nächsten, dahinter konstant',
  'φ = He_k/√k!, the normalised Hermite polynomial': 'φ = He_k/√k!, das normierte Hermite-Polynom',
  'degree k': 'Grad k',
  'Of He_k/√k!': 'Von He_k/√k!',
  'loss ℓ': 'Verlust ℓ',
  'What gradient descent makes small': 'Was der Gradientenabstieg klein macht',
  'L = (1/m) Σ of u²/2 for |u| ≤ 1 and |u| − ½ beyond, u = f − y: outliers pull no harder than 1':
    'L = (1/m) Σ von u²/2 für |u| ≤ 1 und |u| − ½ darüber, u = f − y: Ausreißer ziehen nicht stärker als 1',
  'L = (1/m) Σ ln(1 + e^(−yf)) for y = ±1: the odds of a class':
    'L = (1/m) Σ ln(1 + e^(−yf)) für y = ±1: die Quote einer Klasse',
  'L = (1/m) Σ e^(−yf) for y = ±1': 'L = (1/m) Σ e^(−yf) für y = ±1',
  'L = −(1/m) Σ ln softmax(f) of the right one of c classes':
    'L = −(1/m) Σ ln softmax(f) der richtigen von c Klassen',
  'Prefactor of f and learning rate as powers of n': 'Vorfaktor von f und Lernrate als Potenzen von n',
  'prefactor 1/√n, rate η0: the kernel regime, in which neurons hardly move':
    'Vorfaktor 1/√n, Rate η0: das Kernregime, in dem Neuronen sich kaum bewegen',
  'prefactor 1/√n, rate η0 √n: neurons move, but f diverges as n grows':
    'Vorfaktor 1/√n, Rate η0 √n: Neuronen bewegen sich, aber f divergiert mit n',
  'prefactor 1/n, rate η0 √n: f starts near 0 and learns slowly':
    'Vorfaktor 1/n, Rate η0 √n: f beginnt nahe 0 und lernt langsam',
  'prefactor 1/n, rate η0 n: neurons move by Θ(1), f = ∫ w1 φ dρ':
    'Vorfaktor 1/n, Rate η0 n: Neuronen bewegen sich um Θ(1), f = ∫ w1 φ dρ',
  'f = n^(−a) Σ w1 φ, learning rate η0 n^κ': 'f = n^(−a) Σ w1 φ, Lernrate η0 n^κ',
  'The prefactor of f is n^(−a)': 'Der Vorfaktor von f ist n^(−a)',
  'The learning rate is η0 n^κ': 'Die Lernrate ist η0 n^κ',
  'Yang and Hu’s: W = n^(−a) w, drawn times n^(−b), rate η0 n^(−c)':
    'Nach Yang und Hu: W = n^(−a) w, gezogen mal n^(−b), Rate η0 n^(−c)',
  'a of W0': 'a von W0',
  'a of W1': 'a von W1',
  'b of W0': 'b von W0',
  'w0 is drawn times n^(−b)': 'w0 wird mal n^(−b) gezogen',
  'b of W1': 'b von W1',
  'w1 is drawn times n^(−b)': 'w1 wird mal n^(−b) gezogen',
  'The learning rate is η0 n^(−c)': 'Die Lernrate ist η0 n^(−c)',
  'A constant coordinate 1 beside the inputs': 'Eine konstante Koordinate 1 neben den Eingaben',
};
