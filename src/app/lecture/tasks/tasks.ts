/** A task a chapter: something to build with the settings, which the page finds done or not. */
import type { Config } from '../../../core/config/config.ts';
import { abcOf } from '../../../core/parameterizations.ts';
import type { ChapterId } from '../ids.ts';
import type { Facts } from '../why.ts';
import { say } from '../../say.ts';

export interface Task {
  readonly text: string;
  /** One clause for who does not know how to begin. */
  readonly hint: string;
  readonly isDone: (facts: Facts, config: Config) => boolean;
}

/** A loss that few draws of 64 neurons have at step 100. */
const FAR = 0.034;

export const TASKS = {
  ntk: {
    text: say(
      'Build a network of at least 1,024 neurons on these data that have come half their size by step 200.',
    ),
    hint: say('another parameterization'),
    isDone: ({ n, step, way }) => n >= 1024 && step > 0 && step <= 200 && way >= 0.5,
  },
  naive: {
    text: say(
      'Keep the naive parameterization and take 16,384 neurons: make the loss at step 50 lower than at the start.',
    ),
    hint: say('a shorter step dt, and Reset'),
    isDone: ({ n, step, loss, loss0 }, { parameterization }) =>
      parameterization === 'naive' && n >= 16384 && step >= 50 && loss < loss0,
  },
  'mean-field': {
    text: say('How few neurons are enough? Reach R² = 0.95 with 64 of them at most.'),
    hint: say('64 are the fewest of the menu; a link takes fewer as model.width'),
    isDone: ({ n, r2 }) => n <= 64 && r2 >= 0.95,
  },
  abc: {
    text: say('Write the parameterization ntk as (a, b, c) with a c that is not 0.'),
    hint: say('ntk is a = (0, 1/2), b = (0, 0), c = 0; shift it'),
    isDone: (_, { parameterization }) => {
      const { a, b, c } = abcOf(parameterization);
      const sums = [2 * a[0] + c, 2 * a[1] + c, a[0] + b[0], a[1] + b[1]];
      return c !== 0 && sums.every((sum, k) => Math.abs(sum - [0, 1, 0, 0.5][k]) < 1e-9);
    },
  },
  measure: {
    text: say('Build a start at which f is 0 everywhere, whatever n is, though no neuron is 0.'),
    hint: say('neurons in pairs that cancel, under Start'),
    isDone: (_, { initial }) => initial.antithetic,
  },
  'mckean-vlasov': {
    text: say('The teacher has five neurons. Reach R² = 0.99 with 64 at most, and stop before t = 100.'),
    hint: say('a link to a moment stops there; not every draw of few neurons finds all lines'),
    isDone: ({ n, r2, step, dt }) => n <= 64 && r2 >= 0.99 && step * dt <= 100 + 1e-9,
  },
  chaos: {
    text: say(
      'Find a draw of 64 neurons whose loss at step 100 is above {far}; that of a wide network is near 0.028.',
      { far: FAR },
    ),
    hint: say('other seeds, under Start, or the key N'),
    isDone: ({ n, step, loss }) => n === 64 && step === 100 && loss > FAR,
  },
  pde: {
    text: say(
      'Start all neurons at one point that is not 0, and let 20 steps pass: what does the cloud become?',
    ),
    hint: say('the law dirac for w0 and for w1, under Start'),
    isDone: ({ step }, { initial: { w1, w0 } }) => step >= 20 && w1?.law === 'dirac' && w0?.law === 'dirac',
  },
  papers: {
    text: say('Learn the volcano with another activation than the scene’s: R² = 0.9.'),
    hint: say('under Network'),
    isDone: ({ r2 }, { preset, model }) => preset === 'maunga-whau' && model.activation !== 'tanh' && r2 >= 0.9,
  },
} as const satisfies Record<ChapterId, Task>;

export const taskOf = (id: ChapterId): Task => TASKS[id];
