/** Plain values as JSON documents: whether two are one, and where they differ. */

/** JSON, or a word as it stands. */
export function jsonOrWord(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The same fields in the same order, the same numbers. */
export function sameJson(p: unknown, q: unknown): boolean {
  if (p === q) return true; // also what is long and was handed on
  if (!isObject(p) || !isObject(q)) return JSON.stringify(p) === JSON.stringify(q);
  if (Array.isArray(p) !== Array.isArray(q)) return false;
  const [own, others] = [fieldsOf(p), fieldsOf(q)];
  return (
    own.length === others.length &&
    own.every(([name, value], k) => name === others[k][0] && sameJson(value, others[k][1]))
  );
}

/** A field without a value is none in JSON, and an element without one is null. */
const fieldsOf = (value: object): [string, unknown][] =>
  Array.isArray(value)
    ? value.map((element, k) => [String(k), element ?? null])
    : Object.entries(value).filter(([, field]) => field !== undefined);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export interface Difference {
  /** Of the field, from the root: `initial.w0.std`. */
  readonly path: string;
  /** Undefined where it is missing. */
  readonly was: unknown;
  readonly is: unknown;
}

/** The first field that differs, whatever the order of fields; null where none does. Lists are one value. */
export function differenceOf(was: unknown, is: unknown, path = ''): Difference | null {
  if (!hasFields(was) || !hasFields(is)) return sameJson(was, is) ? null : { path, was, is };
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const found = differenceOf(was[key], is[key], path === '' ? key : `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

const hasFields = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && !Array.isArray(value);
