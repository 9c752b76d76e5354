/** SWEEP.json as text becomes a sweep: a configuration, and lists of values for some of its fields. */
import * as v from 'valibot';
import { ConfigError } from './error.ts';
import { keys, object, oneOf, range, string, told, word } from './forms.ts';
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
export const SECONDS = 600;

const FIELD = /^[A-Za-z]\w*(\.\w+)*$/;
const NOT_FIELDS = /(^|\.)(__proto__|constructor|prototype)(\.|$)/;

export const NEEDED = {
  base: 'a preset, or a configuration',
  grid: 'an object of lists, as { "model.width": [64, 128] }',
} as const;

/** Whole numbers one after the other, in place of a list of them. */
interface Span {
  readonly first: number;
  readonly last: number;
}
const isSpan = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).sort().join() === 'first,last' &&
  Object.values(value).every((end) => Number.isSafeInteger(end) && end >= 0);
const LIST = v.pipe(v.array(v.unknown()), v.minLength(1, 'at least one value'));
const SPAN = v.custom<Span>(isSpan, 'a list of values, or whole numbers as { "first": 1, "last": 64 }');
/** In JSON Schema's words. */
const END = { type: 'integer', minimum: 0 };
const VALUES_SCHEMA = {
  anyOf: [
    { type: 'array', minItems: 1, uniqueItems: true },
    {
      type: 'object',
      properties: { first: END, last: END },
      required: ['first', 'last'],
      additionalProperties: false,
    },
  ],
};

/** Without what is needed: that it is missing, `readSweep` says. */
export const sweepSchema = (names: readonly string[]): v.GenericSchema => {
  const name = oneOf(names);
  const several = v.pipe(v.array(name), v.minLength(1, 'at least one name'));
  return object({
    $schema: v.optional(string),
    base: v.optional(
      told(
        v.custom(
          (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
          NEEDED.base,
        ),
        { json: {} }, // a configuration's own schema says it
      ),
    ),
    grid: v.optional(
      told(
        v.record(
          v.string(),
          v.lazy((input) => (Array.isArray(input) ? LIST : SPAN)),
          NEEDED.grid,
        ),
        {
          json: {
            type: 'object',
            propertyNames: { pattern: FIELD.source, not: { pattern: NOT_FIELDS.source } },
            additionalProperties: VALUES_SCHEMA,
          },
        },
      ),
    ),
    measure: v.optional(
      told(
        v.lazy((input) => (Array.isArray(input) ? several : name)),
        { among: () => [name, several] },
      ),
    ),
    chunk: v.optional(object({ seconds: v.optional(range(1, 1e6)) })),
    title: v.optional(word),
  });
};

/** Validates a parsed JSON value; `names` are the laws that there are. Throws a ConfigError in one sentence. */
export function readSweep<Name extends string>(
  value: unknown,
  names: readonly Name[],
): SweepInput<Name> & { readonly title?: string } {
  const schema = sweepSchema(names);
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) throw new ConfigError(sentence(result.issues[0], schema, value, 'a sweep'));
  for (const field of keys(NEEDED))
    if (!Object.hasOwn(result.output as object, field))
      throw new ConfigError(`${field} is missing: give ${NEEDED[field]}`);
  const {
    base,
    grid: written,
    measure = [],
    chunk,
    title,
  } = result.output as Pick<SweepInput<Name>, 'base'> & {
    grid: Readonly<Record<string, readonly unknown[] | Span>>;
    measure?: Name | Name[];
    chunk?: { seconds?: number };
    title?: string;
  };
  const grid = listed(written);
  checkGrid(grid);
  return {
    base,
    grid,
    measure: [measure].flat() as Name[],
    seconds: chunk?.seconds ?? SECONDS,
    ...(title !== undefined && { title }),
  };
}

function listed(grid: Readonly<Record<string, readonly unknown[] | Span>>): SweepInput['grid'] {
  const list = (path: string, values: readonly unknown[] | Span): readonly unknown[] => {
    if (!('first' in values)) return values;
    const { first, last } = values;
    const count = last - first + 1;
    if (count < 1)
      throw new ConfigError(`grid["${path}"] goes from ${first} to ${last}: give the smaller one first`);
    if (count > MOST_CELLS)
      throw new ConfigError(
        `grid["${path}"] has ${count.toLocaleString('en')} values, the limit is ${MOST_CELLS.toLocaleString('en')}: give fewer`,
      );
    return Array.from({ length: count }, (_, k) => first + k);
  };
  return Object.fromEntries(Object.entries(grid).map(([path, values]) => [path, list(path, values)]));
}

/** Width or seed within the values of a section: they have lists of their own, and would be overruled by them. */
const heldIn = (path: string, values: readonly unknown[]): string | undefined =>
  [WIDTH, SEED].find(
    (field) =>
      field.startsWith(`${path}.`) &&
      values.some(
        (value) =>
          typeof value === 'object' && value !== null && Object.hasOwn(value, field.slice(path.length + 1)),
      ),
  );

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
  const paths = keys(grid);
  for (const path of paths) {
    const within = paths.find((other) => other.startsWith(`${path}.`)) ?? heldIn(path, grid[path]);
    if (within !== undefined)
      throw new ConfigError(
        `grid has "${path}" beside "${within}", which is a part of it: give "${within}" alone, and the others of its fields by their paths`,
      );
  }
  for (const path of paths) {
    const seen = new Set<string>();
    for (const text of grid[path].map((value) => JSON.stringify(value))) {
      if (seen.has(text)) throw new ConfigError(`grid["${path}"] has ${text} twice: leave one out`);
      seen.add(text);
    }
  }
}
