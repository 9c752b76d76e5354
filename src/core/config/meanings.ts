/** What each field of CONFIG.json and SWEEP.json means: a sentence for editors and for the reference. */
import { ACTIVATIONS } from '../activations/activations.ts';
import { DATASETS } from '../datasets.ts';
import { INTEGRATORS } from '../dynamics/integrators.ts';
import { FEATURES, PLAIN_FEATURES } from '../features/features.ts';
import { LAWS } from '../laws.ts';
import { METHODS } from '../methods/methods.ts';
import { LOSSES } from '../objective/losses.ts';
import { PARAMETERIZATIONS } from '../parameterizations.ts';
import { SCHEDULE_LAWS } from './dynamics-fields.ts';

/** By the path of a field; one that stands in several places by its last name, with a dot before it. */
export const MEANINGS: Readonly<Record<string, string>> = {
  $schema: 'Where an editor finds this schema; runs do not read it.',
  preset: 'A preset’s name: its fields, with those that stand here laid on them.',

  data: 'What is learned: a table, arrays, numbers that stand here, or a generator’s samples; replaced as a whole.',
  'data.csv':
    'A table’s file, its path from the folder of this file; every other column of numbers is an input.',
  'data.target': 'The column that is learned, or a list of columns: as many outputs. Default: the last column.',
  'data.labels': 'Whether the target’s numbers are names of classes; text always is.',
  'data.delimiter':
    'What stands between cells, a blank for runs of blanks. Default: found from the first lines.',
  'data.decimal': 'What stands before the decimals of a number. Default: found.',
  'data.header': 'Whether line 1 names the columns, which else are x1 … xk and y.',
  'data.inputs': 'The columns of x, in this order. Default: every column with numbers but the target.',
  'data.exclude': 'Columns that are not used.',
  'data.missing': 'Rows in which a used cell is missing are an error, or dropped and counted.',
  'data.npy': 'Arrays of NumPy, their files’ paths from the folder of this file.',
  'data.npy.x': 'Inputs, shape [m, k].',
  'data.npy.y': 'Targets, shape [m] or [m, c].',
  'data.inline': 'Data that stand in the configuration itself.',
  'data.inline.x': 'Inputs: m rows of k numbers.',
  'data.inline.y': 'Targets: m numbers, labels, or rows of c numbers.',
  'data.inline.names': 'Names of the k inputs. Default: x, or x1 … xk.',
  'data.inline.target': 'Name of y, or names of its c columns. Default: y, or y1 … yc.',
  'data.inline.title': 'What the data are, e.g. the name of a file.',
  'data.dataset': 'A generator or data that are shipped, by name.',
  'data.samples': 'Rows, m. Default: as many as the data set makes by itself.',
  'data.noise': 'Standard deviation of normal noise that is added to y.',
  'data.seed': 'Draws the rows; a larger sample begins with the smaller one.',
  'data.testSamples': 'Of a stream: rows that no step takes, by which f and losses are told.',
  'data.dimension': 'Inputs of a row.',
  'data.parameters': 'Which member of the data set’s family.',
  'data.test': 'Share of the rows that is held out for a test loss.',
  'data.testSeed': 'Draws the rows that are held out.',
  'data.standardize':
    'Whether inputs and target are scaled to mean 0 and variance 1 over the training rows; what is reported has the target’s own units.',

  model: 'The network f(x) = n^(−a) Σ w1 Φ(w0, x).',
  'model.activation': 'φ of each neuron.',
  'model.activation.knots':
    'Pairs [z, φ] whose z grow by 1e-6 or more: linear from one to the next, constant beyond.',
  'model.activation.hermite': 'Degree k of He_k/√k!.',
  'model.features': 'How a neuron and an input meet.',
  'model.features.rbf': 'Bumps e^(−α|x − w0|²/2) on the sphere of the data’s radius.',
  'model.features.rbf.alpha': 'α, over a squared length of x: a large one makes bumps narrow.',
  'model.features.translate': 'Waves 1 + 2 Σ cos 2πk(x − w0) on the circle [0, 1).',
  'model.features.translate.order': 'K, the number of waves.',
  'model.features.translate.metric': 'g: positions move g times as fast.',
  'model.width': 'Neurons, n: as many as memory allows.',
  'model.bias': 'Whether a coordinate 1 is appended to x; false where features have a profile of their own.',
  'model.loss': 'ℓ(f, y), whose mean over the rows gradient descent makes small.',

  parameterization: 'Prefactor n^(−a) of f and learning rate η0 n^κ; replaced as a whole.',
  'parameterization.a': 'The prefactor of f is n^(−a).',
  'parameterization.kappa': 'The learning rate is η0 n^κ.',
  'parameterization.abc': 'Yang and Hu’s: W = n^(−a) w, drawn times n^(−b), rate η0 n^(−c); layers W0, W1.',
  'parameterization.abc.a': '[a of W0, a of W1].',
  'parameterization.abc.b': '[b of W0, b of W1].',
  'parameterization.abc.c': 'Of the learning rate η0 n^(−c).',

  initial: 'What θ = (w1, w0) of each neuron is at step 0.',
  'initial.seed': 'Draws θ and the noise; neuron j’s draw depends on the seed and j alone.',
  'initial.joint': 'Law of (w1, w0) together, in place of theirs.',
  'initial.w1': 'Law of w1, coordinate by coordinate.',
  'initial.w0': 'Law of w0, coordinate by coordinate.',
  'initial.bias': 'Law of the bias’s weight, where it is not that of the rest of w0.',
  'initial.antithetic': 'Whether neurons come in pairs (w1, w0), (−w1, w0), so that f = 0 at step 0.',
  'initial.npy': 'A file of θ [n, c + d], float32 or float64, w1 first; it decides the width.',
  '.law': 'Which law.',
  '.mean': 'Mean of each coordinate.',
  '.std': 'Standard deviation of each coordinate.',
  '.low': 'Least value of a coordinate.',
  '.high': 'Greatest value of a coordinate.',
  '.radius': 'Length.',
  '.at': 'The point: one number for all coordinates, or one for each.',

  dynamics: "How θ moves: θ' = n^(κ−a) b(θ, ρ), and what is added to it.",
  'dynamics.integrator': 'How a step is made of slopes.',
  'dynamics.dt': 'Step of time; with euler the learning rate η0. t is the sum of the steps’ dt.',
  'dynamics.steps': 'Steps of the run; with more of them a finished run goes on.',
  'dynamics.temperature': 'τ of the noise √(2τ) dW on every neuron; euler.',
  'dynamics.decay': 'λ of the pull −λθ, a rate per unit of t.',
  'dynamics.batch': 'Rows of the data that each step takes. Default: all.',
  'dynamics.batch.size': 'Rows of a batch; a last short one is dropped.',
  'dynamics.batch.replacement': 'Whether rows are drawn independently, in place of a permutation an epoch.',
  'dynamics.batch.seed': 'Draws the batches.',
  'dynamics.stream': 'Fresh samples of a generator for each step, never taken again.',
  'dynamics.stream.size': 'Samples of a step.',
  'dynamics.stream.reuse': 'Steps that take the same samples.',
  'dynamics.stream.labelNoise': 'Standard deviation of what is added to y.',
  'dynamics.rates': 'Learning rates of the layers beside the parameterization’s.',
  'dynamics.rates.w1': 'Factor of w1’s rate; 0 freezes it.',
  'dynamics.rates.w0': 'Factor of w0’s rate; 0 freezes it.',
  'dynamics.penalty': 'What is added to the loss: n^(−a) Σ p(θ_j).',
  'dynamics.penalty.ridge': '[λ1, λ0] of (λ1|w1|² + λ0|w0|²)/2.',
  'dynamics.penalty.l1': 'λ of λ|w1|₁, by proximal steps; euler.',
  'dynamics.penalty.variation': 'λ of λ|w1||w0|.',
  'dynamics.schedule': 'How dt and τ change with the number of the step.',
  'dynamics.schedule.dt': 'Factor of dt at step k.',
  'dynamics.schedule.temperature': 'Factor of τ at step k.',
  '.k0': 'Steps after which it has begun to fall.',
  '.exponent': 'p of (1 + k/k0)^(−p).',
  '.horizon': 'h, the step at which it is 0.',
  '.every': 'Steps between two changes.',
  '.factor': 'Of each change.',
  'dynamics.momentum': 'What carries slopes on to later steps: v ← βv + b; euler.',
  'dynamics.momentum.beta': 'β, what is left of v after a step.',
  'dynamics.momentum.nesterov': 'Whether neurons move along b + βv in place of v.',

  record: 'What is kept of a run.',
  'record.every': 'Steps between two rows of history.csv.',
  'record.theta': 'Steps whose θ is kept, as theta-STEP.npy.',

  engine:
    'What computes: cpu in float64; webgpu, on an adapter, and cpu32 in float32; auto takes webgpu where there is an adapter.',
  method: 'How sums over pairs are made; auto takes what is fastest here, and what it took is stored.',
};

export const SWEEP_MEANINGS: Readonly<Record<string, string>> = {
  $schema: MEANINGS.$schema,
  base: 'What all cells have: a preset’s name or a configuration.',
  grid: 'Lists of values by the path of a field, as "model.width", or whole numbers as { "first": 1, "last": 64 }: a cell for each combination, 100 000 at most.',
  measure: 'Laws that are fitted for each system against n.',
  chunk: 'How cells are cut into chunks, which one process computes.',
  'chunk.seconds': 'Work of a chunk by its prediction, in seconds.',
  title: 'What the report is called.',
};

const SCHEDULES: Readonly<Record<string, string>> = {
  constant: 'the same at every step',
  ...Object.fromEntries(Object.entries(SCHEDULE_LAWS).map(([name, { help }]) => [name, help])),
};

/** What a name among those of a field does, by the field’s path or last name. */
export const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'data.dataset': summariesOf(DATASETS),
  'model.activation': summariesOf(ACTIVATIONS),
  'model.features': Object.fromEntries(PLAIN_FEATURES.map((name) => [name, FEATURES[name]().summary])),
  'model.loss': summariesOf(LOSSES),
  parameterization: summariesOf(PARAMETERIZATIONS),
  'dynamics.integrator': summariesOf(INTEGRATORS),
  'dynamics.schedule.dt.law': SCHEDULES,
  'dynamics.schedule.temperature.law': SCHEDULES,
  '.law': summariesOf(LAWS),
  method: summariesOf(METHODS),
};

function summariesOf(registry: Readonly<Record<string, { readonly summary: string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(registry).map(([name, { summary }]) => [name, summary]));
}
