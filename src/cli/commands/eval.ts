/** mckean eval: f of a finished run at new points. */
import { join } from 'node:path';
import { featureOf } from '../../core/features/features.ts';
import { addOutputs } from '../../core/model.ts';
import { classOf } from '../../core/labels.ts';
import { abcOf, scalesOf } from '../../core/parameterizations.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Config } from '../../core/config/config.ts';
import { decodeOutputs, encodeInputs, sizedOf, type Encoding } from '../../experiments/data/encoding.ts';
import { rowMajor, rowMajorRows } from '../../experiments/data/matrix.ts';
import { pointColumns } from '../../experiments/data/points.ts';
import { named, optionsOf, readSheetOf } from '../../experiments/data/sheet.ts';
import { formatCsv } from '../../io/csv.ts';
import { distinct } from '../../io/distinct.ts';
import type { ReadOptions } from '../../io/table/read.ts';
import { decodeNpy, NpyError, spelledShape, type NpyArray } from '../../io/npy.ts';
import type { Arguments, Command } from '../args.ts';
import { EXIT, UsageError } from '../errors.ts';
import { filesFor, readBytes, readJson } from '../files/files.ts';
import { callerPath } from '../files/paths.ts';
import { existsSync } from 'node:fs';

export const EVAL: Command = {
  summary:
    'Prints f of the finished run in DIR at the points of a CSV: the inputs, then f in the units of the target; the label and each output where there are such. Columns are found by the names of the training data, blanks and case aside; others do not matter.',
  positionals: ['DIR', 'POINTS.csv'],
  flags: {
    'by-order': { help: 'take columns of numbers in the order of the inputs, whatever they are called' },
    json: { help: 'print {"inputs", "x", "f"} as JSON, with "label" where there are classes' },
  },
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
  const { inputs } = encoding;
  const raw = await readPoints(path, config, encoding, args.on('by-order'));
  const f = outputsAt(raw, theta, config, encoding);
  const { c } = shapeOf(sizedOf(encoding));
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

/** Raw inputs. The table of the run itself is read as it was. */
async function readPoints(
  path: string,
  { data }: Config,
  encoding: Encoding,
  byOrder: boolean,
): Promise<Float64Array> {
  const files = filesFor();
  const { verbatim: _, ...same } = 'csv' in data && data.csv === path ? optionsOf(data) : ({} as ReadOptions);
  const lacks = byOrder || ('csv' in data && data.header === false);
  const sheet = await readSheetOf(path, files, lacks ? { ...same, header: 'found' } : same);
  const raw = rowMajor(named(path, () => pointColumns(sheet, encoding, byOrder)));
  if (sheet.note !== null) files.note(`${path}: ${sheet.note}`);
  files.say();
  return raw;
}

/** f [rows, c] at raw inputs, in the units of the target. */
function outputsAt(raw: Float64Array, theta: NpyArray, config: Config, encoding: Encoding): Float64Array {
  const [n] = theta.shape;
  const shape = shapeOf(sizedOf(encoding));
  const x = encodeInputs(raw, encoding);
  const f = new Float64Array((x.length / shape.d) * shape.c);
  addOutputs(f, theta.data, 0, n, x, shape, featureOf(config.model));
  const { outer } = scalesOf(abcOf(config.parameterization), n);
  return decodeOutputs(
    f.map((sum) => outer * sum),
    encoding,
  );
}

const namesOf = ({ outputs }: Encoding): string[] => outputs?.map((name) => `f_${name}`) ?? ['f'];

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
  const { width } = shapeOf(sizedOf(encoding));
  try {
    const theta = decodeNpy(bytes);
    if (theta.shape.length === 2 && theta.shape[1] === width) return theta;
    throw new NpyError(
      `its shape is ${spelledShape(theta.shape)} where the run wrote (n, ${width}), run again`,
    );
  } catch (error) {
    if (error instanceof NpyError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}
