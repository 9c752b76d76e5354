/** mckean eval: f of a finished run at new points. */
import { join } from 'node:path';
import { featureOf } from '../../core/features.ts';
import { addOutputs } from '../../core/model.ts';
import { classOf } from '../../core/labels.ts';
import { abcOf, scalesOf } from '../../core/parameterizations.ts';
import { shapeOf, type Shape } from '../../core/shape.ts';
import type { Config } from '../../core/config/config.ts';
import { decodeOutputs, encodeInputs, type Encoding } from '../../experiments/encoding.ts';
import { noteSkipped, readColumns, rowMajor, rowMajorRows } from '../../experiments/table.ts';
import { formatCsv } from '../../io/csv.ts';
import { decodeNpy, NpyError, type NpyArray } from '../../io/npy.ts';
import type { Arguments, Command } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';
import { filesFor, readBytes, readJson } from '../files.ts';
import { callerPath } from '../paths.ts';
import { existsSync } from 'node:fs';

export const EVAL: Command = {
  summary:
    'Prints f of the finished run in DIR at the points of a CSV: its columns, then f in the units of the target; the label and each output where there are such. Columns are found by the names of the training data, or by order where none has such a name and there are just as many.',
  positionals: ['DIR', 'POINTS.csv'],
  flags: { json: { help: 'print {"inputs", "x", "f"} as JSON, with "label" where there are classes' } },
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
  const { inputs, target } = encoding;
  const files = filesFor((file) => file);
  const columns = await readColumns(path, files, [target]);
  noteSkipped(columns, path, files);
  const raw = rowMajor(pickColumns(columns.names, columns.values, inputs, path));
  files.say();
  const f = outputsAt(raw, theta, config, encoding);
  const { c } = shapeFor(encoding);
  const rows = rowMajorRows(f, c);
  const labels = encoding.labels && rows.map((_, i) => encoding.labels![classOf(f, i * c, c)]);
  const x = rowMajorRows(raw, inputs.length);
  const text = args.on('json')
    ? `${JSON.stringify({ inputs, x, ...(labels && { label: labels }), f: c === 1 ? [...f] : rows })}\n`
    : formatCsv(
        distinct([...inputs, ...(labels ? ['label'] : []), ...namesOf(encoding)]),
        rows.map((row, i) => [...x[i], ...(labels ? [labels[i]] : []), ...row]),
      );
  process.stdout.write(text);
  return EXIT.done;
}

/** f [rows, c] at raw inputs, in the units of the target. */
function outputsAt(raw: Float64Array, theta: NpyArray, config: Config, encoding: Encoding): Float64Array {
  const [n] = theta.shape;
  const shape = shapeFor(encoding);
  const x = encodeInputs(raw, encoding);
  const f = new Float64Array((x.length / shape.d) * shape.c);
  addOutputs(f, theta.data, 0, n, x, shape, featureOf(config.model));
  const { outer } = scalesOf(abcOf(config.parameterization), n);
  return decodeOutputs(
    f.map((sum) => outer * sum),
    encoding,
  );
}

const shapeFor = ({ inputs, outputs, bias }: Encoding): Shape =>
  shapeOf({ c: outputs?.length ?? 1, d: inputs.length + (bias ? 1 : 0) });

const namesOf = ({ outputs }: Encoding): string[] => outputs?.map((name) => `f_${name}`) ?? ['f'];

/** Names of which none is another's: one that is there already gets a mark. */
function distinct(names: readonly string[]): string[] {
  const all: string[] = [];
  for (const name of names) {
    let own = name;
    while (all.includes(own)) own = `${own}_`;
    all.push(own);
  }
  return all;
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
async function readTheta(path: string, encoding: Encoding): Promise<NpyArray> {
  const bytes = await readBytes(path);
  const { width } = shapeFor(encoding);
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
