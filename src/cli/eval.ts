/** mckean eval: f of a finished run at new points. */
import { join } from 'node:path';
import { ACTIVATIONS } from '../core/activations.ts';
import { addOutputs } from '../core/model.ts';
import { abcOf, scalesOf } from '../core/parameterizations.ts';
import type { Config } from '../core/config.ts';
import { decodeOutputs, encodeInputs, type Encoding } from '../experiments/prepare.ts';
import { readColumns, rowMajor } from '../experiments/table.ts';
import { formatCsv } from '../io/csv.ts';
import { decodeNpy } from '../io/npy.ts';
import type { Arguments, Command } from './args.ts';
import { EXIT, UsageError } from './errors.ts';
import { filesFor, readBytes, readJson } from './files.ts';
import { callerPath } from './paths.ts';
import { existsSync } from 'node:fs';

export const EVAL: Command = {
  summary:
    'Prints f of the finished run in DIR at the points of a CSV: its columns, then f in the units of the target. Columns are found by the names of the training data, or by order where there are just as many.',
  positionals: ['DIR', 'POINTS.csv'],
  flags: {},
  run: evalCommand,
};

interface Summary {
  readonly config: Config;
  readonly encoding: Encoding;
}

async function evalCommand({ positionals: [dir, points] }: Arguments): Promise<number> {
  const directory = callerPath(dir), path = callerPath(points), summaryPath = join(directory, 'summary.json');
  if (!existsSync(summaryPath)) throw new UsageError(`${directory}: there is no summary.json in it, give the folder of a finished run`);
  const { config, encoding } = (await readJson(summaryPath)) as Summary;
  const { shape, data: theta } = decodeNpy(await readBytes(join(directory, 'theta.npy')));
  const columns = await readColumns(path, filesFor((file) => file));
  const raw = rowMajor(pickColumns(columns.names, columns.values, encoding.inputs, path));
  const x = encodeInputs(raw, encoding), d = shape[1] - 1, f = new Float64Array(x.length / d);
  addOutputs(f, theta, 0, shape[0], x, d, ACTIVATIONS[config.model.activation]);
  const { outer } = scalesOf(abcOf(config.parameterization), shape[0]);
  const out = decodeOutputs(f.map((sum) => outer * sum), encoding), k = encoding.inputs.length;
  process.stdout.write(formatCsv([...encoding.inputs, 'f'], Array.from(out, (value, i) => [...raw.subarray(i * k, (i + 1) * k), value])));
  return EXIT.done;
}

function pickColumns(names: readonly string[], values: readonly Float64Array[], inputs: readonly string[], path: string): Float64Array[] {
  const at = inputs.map((name) => names.indexOf(name));
  if (at.every((column) => column >= 0)) return at.map((column) => values[column]);
  if (names.length === inputs.length) return [...values];
  const missing = inputs.filter((_, i) => at[i] < 0).map((name) => `"${name}"`).join(', ');
  throw new UsageError(`${path}: columns ${missing} are missing and it has ${names.length} columns instead of ${inputs.length}, give the inputs of the training data`);
}
