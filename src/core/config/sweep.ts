/** SWEEP.json as text becomes a sweep: a configuration, and lists of values for some of its fields. */
import * as v from 'valibot';
import { ConfigError } from './error.ts';
import { keys, number, object, oneOf, word } from './forms.ts';
import { sentence } from './sentence.ts';

/** Most cells of a sweep. */
export const MOST_CELLS = 100_000;
/** Fields of the grid in which replicas of one system differ. */
export const WIDTH = 'model.width';
export const SEED = 'initial.seed';

export interface SweepInput<Name extends string = string> {
  /** A preset, or a configuration as people write it. */
  readonly base: unknown;
  /** Values by the path of a field. */
  readonly grid: Readonly<Record<string, readonly unknown[]>>;
  /** Laws to which the cells are held. */
  readonly measure: readonly Name[];
  /** Seconds of work that a chunk should have. */
  readonly seconds: number;
}

/** Some ten minutes: what a queue takes without a word, and what a lost machine may cost. */
const SECONDS = 600;

const FIELD = /^[a-z]\w*(\.\w+)*$/i;
const NOT_FIELDS = /(^|\.)(__proto__|constructor|prototype)(\.|$)/;

const NEEDED = {
  base: 'a preset, or a configuration',
  grid: 'an object of lists, as { "model.width": [64, 128] }',
} as const;

const schemaOf = (names: readonly string[]): v.GenericSchema => {
  const name = oneOf(names);
  return object({
    base: v.optional(
      v.custom(
        (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
        NEEDED.base,
      ),
    ),
    grid: v.optional(
      v.record(
        v.string(),
        v.pipe(v.array(v.unknown(), 'a list of values'), v.minLength(1, 'at least one value')),
        NEEDED.grid,
      ),
    ),
    measure: v.optional(
      v.lazy((input) =>
        Array.isArray(input) ? v.pipe(v.array(name), v.minLength(1, 'at least one name')) : name,
      ),
    ),
    chunk: v.optional(
      object({
        seconds: v.optional(number('a number from 1 to 1000000', (value) => value >= 1 && value <= 1e6)),
      }),
    ),
    title: v.optional(word),
  });
};

/** Validates a parsed JSON value; `names` are the laws that there are. Throws a ConfigError in one sentence. */
export function readSweep<Name extends string>(
  value: unknown,
  names: readonly Name[],
): SweepInput<Name> & { readonly title?: string } {
  const schema = schemaOf(names);
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) throw new ConfigError(sentence(result.issues[0], schema, value, 'a sweep'));
  for (const field of keys(NEEDED))
    if (!Object.hasOwn(result.output as object, field))
      throw new ConfigError(`${field} is missing: give ${NEEDED[field]}`);
  const {
    base,
    grid,
    measure = [],
    chunk,
    title,
  } = result.output as Pick<SweepInput<Name>, 'base' | 'grid'> & {
    measure?: Name | Name[];
    chunk?: { seconds?: number };
    title?: string;
  };
  checkGrid(grid);
  return {
    base,
    grid,
    measure: [measure].flat() as Name[],
    seconds: chunk?.seconds ?? SECONDS,
    ...(title !== undefined && { title }),
  };
}

function checkGrid(grid: SweepInput['grid']): void {
  let cells = 1;
  for (const path of keys(grid)) {
    if (!FIELD.test(path) || NOT_FIELDS.test(path))
      throw new ConfigError(
        `grid has ${JSON.stringify(path.slice(0, 60))}, which is no path of a field: give one of CONFIG.json, as "model.width"`,
      );
    cells *= grid[path].length;
  }
  if (cells > MOST_CELLS)
    throw new ConfigError(
      `grid has ${cells.toLocaleString('en')} cells, the limit is ${MOST_CELLS.toLocaleString('en')}: give fewer values, or several sweeps`,
    );
  for (const path of keys(grid)) {
    const seen = new Set<string>();
    for (const text of grid[path].map((value) => JSON.stringify(value))) {
      if (seen.has(text)) throw new ConfigError(`grid["${path}"] has ${text} twice: leave one out`);
      seen.add(text);
    }
  }
}
