/** Data from arrays of NumPy: x [m, k], and y [m] or [m, c]. */
import { ConfigError, type Data } from '../../core/config/config.ts';
import type { Table } from '../../core/datasets.ts';
import { spelledShape, type NpyArray } from '../../io/npy.ts';
import { decodedNpy } from './npy-file.ts';
import type { Files } from './table.ts';
import { labelled, numbered } from './targets.ts';

type Arrays = Extract<Data, { npy: unknown }>;

export async function arraysTable(
  { npy, labels = false }: Arrays,
  files: Files,
  oneHot: boolean,
): Promise<Table> {
  const [x, y] = [await read('x', npy.x, files), await read('y', npy.y, files)];
  const [rows] = x.shape;
  if (y.shape[0] !== rows)
    throw new ConfigError(`data.npy: ${npy.x} has ${rows} rows and ${npy.y} ${y.shape[0]}, give as many`);
  const [k, c] = [x, y].map(({ shape }) => shape[1] ?? 1);
  if (labels && c > 1)
    throw new ConfigError(`data.npy: ${npy.y} has ${c} columns, and labels are one: give shape (m,)`);
  const inputs = namesFor('x', k);
  const values = Float64Array.from(y.data);
  return {
    inputs,
    x: Float64Array.from(x.data),
    ...(labels ? labelled(Array.from(values), 'y', oneHot) : numbered(values, namesFor('y', c))),
    file: { rows, dropped: 0, skipped: [] },
  };
}

const namesFor = (name: string, count: number): string[] =>
  count === 1 ? [name] : Array.from({ length: count }, (_, c) => `${name}${c + 1}`);

/** One or two dimensions of finite numbers, at least one of them. */
async function read(field: 'x' | 'y', path: string, files: Files): Promise<NpyArray> {
  const bytes = await files.readBytes(path);
  const place = `data.npy.${field}: ${path}:`;
  const array = decodedNpy(bytes, place);
  const { shape, data, converted } = array;
  const said = spelledShape(shape);
  if (shape.length < 1 || shape.length > 2 || data.length === 0)
    throw new ConfigError(`${place} its shape is ${said}, give one or two dimensions, rows first`);
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new ConfigError(
      `${place} ${data[at]} stands in row ${Math.floor(at / (shape[1] ?? 1))}, counted from 0: give finite numbers`,
    );
  if (converted) files.note(`${path}: ${converted}`);
  return array;
}
