/** Words of other tools: what they mean here, or that a mean-field run of two layers has no such thing. */

const LAYERS = 'the networks here have two layers, as many neurons as model.width says';
const NONE = 'runs here have no such thing, leave it out';

/** By the words without case, blanks and lines between. */
const WORDS: Readonly<Record<string, string>> = {
  ...said(LAYERS, 'layers', 'numlayers', 'hiddenlayers', 'depth', 'architecture'),
  ...said('give model.width', 'hidden', 'hiddensize', 'neurons', 'units', 'hiddenunits', 'widths', 'particles'),
  ...said('give dynamics.dt', 'lr', 'learningrate', 'eta', 'stepsize'),
  ...said(
    'give dynamics.steps, an epoch is as many as batches have it',
    'epochs',
    'iterations',
    'numsteps',
    'maxiter',
  ),
  ...said('give dynamics.batch, { "size": … }', 'batchsize', 'minibatch'),
  ...said(
    'steps are those of dynamics.integrator, with dynamics.momentum if you like',
    'optimizer',
    'optimiser',
    'adam',
    'sgd',
  ),
  ...said('give dynamics.decay or dynamics.penalty', 'weightdecay', 'l2', 'regularization', 'regularizer'),
  ...said('give data.test', 'testsize', 'validation', 'validationsplit', 'trainsplit'),
  ...said('give initial.seed', 'randomstate', 'randomseed'),
  ...said('give engine', 'device', 'gpu', 'backend'),
  ...said('engines decide it: "cpu" is float64, "webgpu" and "cpu32" float32', 'dtype', 'precision'),
  ...said(NONE, 'dropout', 'batchnorm', 'layernorm', 'earlystopping', 'patience', 'callbacks', 'attention'),
};

function said(words: string, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, words]));
}

export function foreignWord(key: string): string | null {
  const plain = key.toLowerCase().replace(/[\s_-]/g, '');
  return Object.hasOwn(WORDS, plain) ? WORDS[plain] : null;
}
