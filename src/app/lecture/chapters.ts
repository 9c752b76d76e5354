/**
 * The guided lecture: chapters in the order of STAT 946, lecture 12. Adding one is adding one entry, its
 * formulas in formulas.tex and its name in ids.ts.
 */
import type { ConfigInput } from '../../core/config/config.ts';
import type { CloudColour } from '../../views/cloud/cloud.ts';
import type { ChapterId } from './ids.ts';
import type { SourceName } from './sources.ts';
import { say } from '../say.ts';

export interface Chapter {
  readonly title: string;
  readonly text: readonly string[];
  /** What the page is set to: laid over the preset that it names. */
  readonly scene: ConfigInput & { readonly preset: string };
  readonly colour: CloudColour;
  /** Shows the papers' experiments as scenes of their own. */
  readonly experiments?: true;
  /** Most steps between two pictures, where a small run would be over before it is seen. */
  readonly pace?: number;
  /** One thing to do. */
  readonly exercise: string;
  readonly question: string;
  readonly answer: string;
  /** Where the printed notes differ from what is right. */
  readonly erratum?: string;
  readonly sources: readonly SourceName[];
}

export const CHAPTERS = {
  ntk: {
    title: say('What freezes in the NTK scaling'),
    text: [
      say(
        'A two-layer network of width n has n hidden neurons. With the prefactor 1/√n and weights of size 1 its output is of size 1, and gradient descent at a fixed rate moves the output by Θ(1) in a step.',
      ),
      say(
        'Each neuron moves by Θ(1/√n) only. In a wide network the neurons stay where they were drawn, the tangent kernel K stays what it was, and learning is linear: the network chooses a combination of features that it was born with.',
      ),
      say('Watch the cloud: f follows the data, and the points hardly leave their places.'),
    ],
    scene: { preset: 'lazy-curve' },
    colour: 'sign',
    exercise: say(
      'Run 1,024 neurons to step 50, then 16,384. The loss falls in the same way; the cloud moves a quarter as far.',
    ),
    question: say('How can the loss fall when no neuron moves?'),
    answer: say(
      'There are n of them. Each moves by 1/√n in the direction that helps, each counts 1/√n in the output, and n · (1/√n) · (1/√n) = 1.',
    ),
    erratum: say(
      'The same training with prefactor 1 and initial standard deviation 1/√n needs the rate 1/n for W1 and 1 for W0, not 1/√n for both.',
    ),
    sources: ['notes', 'jacot', 'luo'],
  },
  naive: {
    title: say('The naive learning rate'),
    text: [
      say('Neurons should move, so let the rate grow: η = η0 √n. Then each of them moves by Θ(1) in a step.'),
      say(
        'But all of them move in the direction that lowers the loss, their effects add up, and the output jumps by Θ(√n). Beyond a width the step is too long for the curvature of the loss, and training diverges.',
      ),
    ],
    scene: { preset: 'lazy-curve', parameterization: 'naive', model: { width: 256 }, dynamics: { dt: 0.05 } },
    colour: 'sign',
    exercise: say(
      'At n = 256 this rate is small enough. With 4,096 neurons the loss leaps up before it falls. With 16,384 it grows without end, and the page says so.',
    ),
    question: say('What would you have to do to the output so that neurons may move by Θ(1)?'),
    answer: say(
      'Make it smaller by √n: the prefactor 1/n in place of 1/√n. A neuron then feels √n times less, so the rate grows once more, to η0 n: in a step the neurons move by Θ(1) and f changes by Θ(1).',
    ),
    sources: ['notes', 'yang'],
  },
  'mean-field': {
    title: say('The mean-field parameterization'),
    text: [
      say(
        'With the prefactor 1/n the output is an average over neurons, and with the rate η0 n every neuron moves by Θ(1): nothing depends on n any more. The output of a wide network is an integral over a measure ρ, the law of a neuron.',
      ),
      say(
        'Now features are learned. The round cloud breaks up: neurons gather along a few filaments, in pairs, where the data ask for a bend.',
      ),
    ],
    scene: { preset: 'tanh-curve' },
    colour: 'sign',
    exercise: say(
      'Turn the cloud with the mouse: the third axis is the output weight w1. Then run few neurons and many: the picture is the same, only sharper, and they come equally far.',
    ),
    question: say('Why is f almost 0 at the start?'),
    answer: say(
      'It is an average of n independent terms of mean 0, so it tends to 0 by the law of large numbers, and its size is 1/√n by the central limit theorem.',
    ),
    sources: ['notes', 'mei'],
  },
  abc: {
    title: say('The abc-parameterization'),
    text: [
      say(
        'Yang and Hu write every scaling with three numbers for a layer: the weights are n⁻ᵃ w, w is drawn with standard deviation n⁻ᵇ, and the rate is n⁻ᶜ.',
      ),
      say(
        'Some choices are the same network in other units: shifting (a, b, c) to (a + s, b − s, c − 2s) in all layers changes w and the rate, but not the function fₜ. The “maximal update” parameterization μP of a two-layer network is the mean-field one, shifted by s = −1/2.',
      ),
      say(
        'This run is in μP. Its f and its loss are those of the chapter before, to the last bits of rounding; only the axes of the cloud have another scale.',
      ),
    ],
    scene: { preset: 'tanh-curve', parameterization: { abc: { a: [-0.5, 0.5], b: [0.5, 0.5], c: 0 } } },
    colour: 'sign',
    exercise: say(
      'Run μP to step 200. Switch to mean-field there: the weights stay, so this is another network, with another loss. Drawn anew it has the loss of μP at step 200.',
    ),
    question: say('Which of the named parameterizations cannot be shifted into each other?'),
    answer: say(
      'Those with different (2a + c, a + b): a shift leaves these sums alone. ntk has (1, 1/2) and mean-field (1, 1) in the last layer.',
    ),
    sources: ['notes', 'yang'],
  },
  measure: {
    title: say('State spaces and the empirical measure'),
    text: [
      say(
        'The same training can be followed in several spaces: in all weights θ; in the neurons’ values h and g on the data; or in the outputs f alone, which is enough only while the kernel is frozen.',
      ),
      say(
        'Neurons have no names. Exchange two of them and the function is the same, so what matters is not the list θ₁ … θₙ but the empirical measure ρ⁽ⁿ⁾: a cloud of n points, each of mass 1/n. Every quantity of interest is an integral against it.',
      ),
    ],
    scene: { preset: 'tanh-curve', model: { width: 256 } },
    colour: 'sign',
    pace: 1,
    exercise: say(
      'With 256 neurons you see points. Raise their number, and watch the points become a density.',
    ),
    question: say('What happens to f if every neuron is replaced by two copies of itself?'),
    answer: say('Nothing, at any time: the measure is the same, and in mean field only the measure matters.'),
    erratum: say(
      'The notes call ρ⁽ⁿ⁾ “the mean-field ODE”. It is the empirical measure; the ODE is the next chapter’s.',
    ),
    sources: ['notes', 'rotskoff'],
  },
  'mckean-vlasov': {
    title: say('The McKean–Vlasov equation'),
    text: [
      say(
        'A neuron feels the others only through the residuals r = f − y: m numbers, the same for all. Given them, every neuron moves by itself along the field b.',
      ),
      say(
        'As n grows, rₜ becomes deterministic, and a neuron follows an ODE that contains its own law. McKean studied such equations for gases in 1966. Training by gradient descent is Euler’s method for it, with the learning rate as the step.',
      ),
      say(
        'Colours show the speed |b|. Neurons hurry while the residual is large and come to rest when it vanishes.',
      ),
    ],
    scene: { preset: 'relu-teacher' },
    colour: 'speed',
    exercise: say(
      'Watch the cloud condense on a few rays, more of them at each fall of the loss. The dashed ones are those of the teacher that made the data, and, fainter, the other halves of their lines. From t = 400 on most of the cloud’s lie near their lines, on one side or the other: relu(u) − relu(−u) = u, so that both sides make the same bend.',
    ),
    question: say('For relu, which quantity does every neuron keep for ever?'),
    answer: say(
      'w1² − |w0|². The flow conserves it exactly; a step of size dt changes it by dt² (b1² − |b0|²).',
    ),
    erratum: say(
      'The notes print φ(⟨w0, x⟩) x in the equation of w0. The gradient of the loss has w1 φ′(⟨w0, x⟩) x; with the printed one the loss would not fall as −∫|b|² dρ, and w1² − |w0|² would drift.',
    ),
    sources: ['notes', 'mckean', 'mei'],
  },
  chaos: {
    title: say('Propagation of chaos'),
    text: [
      say(
        'At the start the neurons are independent. They interact, so they cannot stay independent; but each feels only the average of all, and as n grows any fixed number of them becomes independent again, at every later time. This is what Kac called propagation of chaos.',
      ),
      say(
        'Sznitman’s proof lets each neuron run beside an independent copy that starts at the same place and feels the limit ρₜ instead of the cloud. The mean square distance between the two is Θ(1/n).',
      ),
    ],
    scene: { preset: 'tanh-curve', model: { width: 1024 } },
    colour: 'sign',
    exercise: say(
      'Make a few draws and watch the loss at step 100: it varies by about 1/√n. With 16,384 neurons the variation is four times smaller.',
    ),
    question: say(
      'The bound for the law of k neurons is (1/n) eᶜᵗ, without a square root, while the distance to the copies is 1/√n. Is that a contradiction?',
    ),
    answer: say(
      'No: one compares laws, where fluctuations of mean 0 cancel, the other compares neurons one by one, where they do not.',
    ),
    erratum: say(
      'W₂ ≲ (1/n) eᶜᵗ is a statement about laws, and it needs a ρ₀ with a density: started from two points, the W₂ of laws is 1/√n (means of smooth observables keep their 1/n).',
    ),
    sources: ['notes', 'sznitman', 'sirignano'],
  },
  pde: {
    title: say('Weak form and PDE'),
    text: [
      say(
        'Mass is neither made nor lost: what leaves one place enters another. So ρₜ solves a continuity equation, nonlinear because the field depends on ρ itself.',
      ),
      say(
        'It holds in the weak sense, tested against smooth functions q. For a finite cloud it holds exactly, too: ρ⁽ⁿ⁾ is a weak solution that starts from n points.',
      ),
      say(
        'Here there is one input and no bias, so that a neuron is a point in the plane and the cloud can be compared with a density on a grid.',
      ),
    ],
    scene: { preset: 'tanh-curve', model: { bias: false } },
    colour: 'sign',
    exercise: say(
      'The density at the right is the PDE, solved on a grid to the time of the cloud. Change the number of neurons: the cloud fills the density ever more finely. How fast, the measurement pde shows.',
    ),
    question: say('Why can this flow never split a single point into two?'),
    answer: say(
      'Two neurons at the same place have the same velocity, for ever. A cloud that starts at one point stays one neuron, whatever n is.',
    ),
    sources: ['notes', 'mei'],
  },
  papers: {
    title: say('The papers'),
    text: [
      say(
        'In 2018 four groups found the limit independently: Mei, Montanari and Nguyen; Chizat and Bach; Rotskoff and Vanden-Eijnden; Sirignano and Spiliopoulos, after Nitanda and Suzuki in 2017. Training is the gradient flow of the loss over measures, in the geometry of optimal transport.',
      ),
      say(
        'Chizat and Bach show, for homogeneous φ and under conditions of regularity, that if the flow converges, and the start covers all directions, the limit is a global minimum, although the loss of a finite network is not convex.',
      ),
      say(
        'Here the method meets real data: the heights of the volcano Maunga Whau. Below are experiments of the papers, each a scene with what it says, what to look at, and how it differs from the paper’s.',
      ),
    ],
    scene: { preset: 'maunga-whau' },
    colour: 'sign',
    experiments: true,
    exercise: say(
      'Let it run to R² = 0.95, then open your own CSV, or one of the experiments: show it run, and see what its line tells you to look at.',
    ),
    question: say('Why is the loss convex in ρ but not in the weights?'),
    answer: say(
      'f is linear in ρ, and the loss is convex in f. In the weights f is not linear: they stand inside φ and multiply each other.',
    ),
    sources: ['notes', 'mei', 'chizat', 'rotskoff', 'sirignano', 'nitanda'],
  },
} as const satisfies Record<ChapterId, Chapter>;
