/** mckean eval: f of a finished run at new points. */
import { join } from 'node:path';
import { featureOf } from '../../core/features.ts';
import { addOutputs } from '../../core/model.ts';
import { abcOf, scalesOf } from '../../core/parameterizations.ts';
import type { Config } from '../../core/config/config.ts';
import { decodeOutputs, encodeInputs, type Encoding } from '../../experiments/encoding.ts';
import { readColumns, rowMajor } from '../../experiments/table.ts';
import { formatCsv } from '../../io/csv.ts';
import { decodeNpy, NpyError, type NpyArray } from '../../io/npy.ts';
import type { Arguments, Command } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';
import { filesFor, readBytes, readJson } from '../files.ts';
import { callerPath } from '../paths.ts';
import { existsSync } from 'node:fs';

export const EVAL: Command = {
  summary:
    'Prints f of the finished run in DIR at the points of a CSV: its columns, then f in the units of the target. Columns are found by the names of the training data, or by order where none has such a name and there are just as many.',
  positionals: ['DIR', 'POINTS.csv'],
  flags: { json: { help: 'print {"inputs", "x", "f"} as JSON' } },
  run: evalCommand,
};

/** What eval needs of summary.json. */
interface Summary {
  readonly config: Config;
  readonly encoding: Encoding;
  readonly failure?: string;
}

async function evalCommand(args: Arguments): Promise<number> {
  const [directory, path] = args.positionals.map(callerPath);
  const { config, encoding } = await readSummary(directory);
  const theta = await readTheta(join(directory, 'theta.npy'), encoding);
  const files = filesFor((file) => file);
  const columns = await readColumns(path, files);
  const inputs = encoding.inputs;
  const k = inputs.length;
  const raw = rowMajor(pickColumns(columns.names, columns.values, inputs, path));
  const x = encodeInputs(raw, encoding);
  files.say();
  const n = theta.shape[0];
  const d = theta.shape[1] - 1;
  const f = new Float64Array(x.length / d);
  addOutputs(f, theta.data, 0, n, x, { d }, featureOf(config.model));
  const { outer } = scalesOf(abcOf(config.parameterization), n);
  const out = [
    ...decodeOutputs(
      f.map((sum) => outer * sum),
      encoding,
    ),
  ];
  const rows = out.map((_, i) => [...raw.subarray(i * k, (i + 1) * k)]);
  const text = args.on('json')
    ? `${JSON.stringify({ inputs, x: rows, f: out })}\n`
    : formatCsv(
        [...inputs, 'f'],
        rows.map((row, i) => [...row, out[i]]),
      );
  process.stdout.write(text);
  return EXIT.done;
}

async function readSummary(directory: string): Promise<Summary> {
  const path = join(directory, 'summary.json');
  if (!existsSync(path))
    throw new UsageError(`${directory}: there is no summary.json in it, give the folder of a finished run`);
  const summary = (await readJson(path)) as Partial<Summary> | null;
  if (!summary?.config || !summary.encoding)
    throw new UsageError(`${path}: it is not the summary of a run, give the folder of a finished run`);
  if (summary.failure !== undefined)
    throw new UsageError(`${directory}: ${summary.failure}; give the folder of a finished run`);
  return summary as Summary;
}

/** θ of a run whose inputs are known; another shape cannot be its θ. */
async function readTheta(path: string, { inputs, bias }: Encoding): Promise<NpyArray> {
  const bytes = await readBytes(path);
  const width = 1 + inputs.length + (bias ? 1 : 0);
  try {
    const theta = decodeNpy(bytes);
    if (theta.shape.length === 2 && theta.shape[1] === width) return theta;
    throw new NpyError(`its shape is (${theta.shape.join(', ')}) where the run wrote (n, ${width}), run again`);
  } catch (error) {
    if (error instanceof NpyError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}

function pickColumns(
  names: readonly string[],
  values: readonly Float64Array[],
  inputs: readonly string[],
  path: string,
): Float64Array[] {
  const at = inputs.map((name) => names.indexOf(name));
  if (at.every((column) => column >= 0)) return at.map((column) => values[column]);
  if (names.length === inputs.length && at.every((column) => column < 0)) return [...values];
  const missing = inputs
    .filter((_, i) => at[i] < 0)
    .map((name) => `"${name}"`)
    .join(', ');
  throw new UsageError(
    `${path}: columns ${missing} are missing, give the inputs of the training data: ${inputs.join(', ')}`,
  );
}
