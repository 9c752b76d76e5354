/** The configuration's reference, from the schema by which runs read it. */
import type { Json } from '../../src/core/config/json-schema.ts';
import { MEANINGS } from '../../src/core/config/meanings.ts';
import { SCHEMAS } from '../../src/experiments/schemas.ts';

/** Text of a table's cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

/** Large whole numbers as people know them. */
function numeral(value: number): string {
  const power = Math.log2(value);
  if (value >= 2 ** 20 && Number.isInteger(power)) return `2^${power}`;
  return value === Number.MAX_SAFE_INTEGER ? '2^53 − 1' : String(value);
}

function rangeOf({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Json): string {
  const low = minimum === undefined ? (exclusiveMinimum as number) : (minimum as number);
  const high = maximum === undefined ? (exclusiveMaximum as number) : (maximum as number);
  const what = type === 'integer' ? 'whole number' : 'number';
  if (low === undefined && high === undefined) return what;
  if (high === undefined) return `${what} ${exclusiveMinimum === undefined ? '≥' : '>'} ${numeral(low)}`;
  const below = exclusiveMaximum === undefined ? '' : ' below';
  return `${what}, ${numeral(low)} to${below} ${numeral(high)}`;
}

const listOf = (items: unknown): string =>
  Array.isArray(items)
    ? `[${items.map((item) => typeOf(item as Json)).join(', ')}]`
    : items === undefined
      ? 'list'
      : `list of ${typeOf(items as Json).replace(/^(\w+)/, '$1s')}`;

const TYPES: Readonly<Record<string, (json: Json) => string>> = {
  number: rangeOf,
  integer: rangeOf,
  string: () => 'text',
  boolean: () => '`true` or `false`',
  null: () => '`null`',
  array: ({ items }) => listOf(items),
  object: ({ properties = {} }) => `{ ${Object.keys(properties as Json).join(', ')} }`,
};

const alternatives = (json: Json): readonly Json[] => (json.anyOf as Json[] | undefined) ?? [json];

/** What a field may be, in words. */
function typeOf(json: Json): string {
  const all = alternatives(json).map((one) => {
    if ('const' in one) return `\`${String(one.const)}\``;
    if (Array.isArray(one.enum)) return one.enum.map((name) => code(name)).join(', ');
    return isLaw(one) ? 'a law' : TYPES[one.type as string](one);
  });
  const kinds = [...new Set(all)];
  const forms = kinds.filter((kind) => kind.startsWith('{'));
  return forms.length > 3
    ? 'one of the forms below'
    : kinds.join(', ').replace(/, ([^,`]*|`null`)$/, kinds.length > 1 && forms.length > 0 ? ' or $1' : ', $1');
}

const fieldsIn = (json: Json): [string, Json][] =>
  Object.entries((json.properties ?? {}) as Record<string, Json>);
const isLaw = (json: Json): boolean => fieldsIn(json).some(([key]) => key === 'law');

const row = (path: string, field: Json): string[] => [
  `\`${path}\``,
  typeOf(field),
  field.default === undefined
    ? ''
    : typeof field.default === 'object'
      ? code(field.default)
      : code(field.default),
  MEANINGS[path] ?? (field.description as string),
];

/** Fields below, each path once; what stands in tables of its own is left to them. */
function rowsBelow(json: Json, path: string): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  for (const one of alternatives(json)) {
    if (isLaw(one)) continue;
    for (const [key, field] of fieldsIn(one)) {
      const here = `${path}.${key}`;
      if (here === 'data.dataset') rows.set(here, [`\`${here}\``, 'a name, below', '', MEANINGS[here]]);
      if (here === 'data.dimension' || here === 'data.parameters')
        rows.set(here, [`\`${here}\``, 'see below', 'see below', MEANINGS[here]]);
      if (!rows.has(here)) rows.set(here, row(here, field));
      if (here !== 'data.parameters')
        for (const [below, cells] of rowsBelow(field, here)) rows.set(below, cells);
    }
  }
  return rows;
}

const HEADS = ['field', 'values', 'default', 'meaning'];

/** Names that a field may have, with what each does. */
const namesOf = (field: Json): string =>
  table(
    ['name', 'what it is'],
    alternatives(field)
      .filter((one) => 'const' in one)
      .map((one) => [`\`${String(one.const)}\``, String(one.description ?? 'is found out')]),
  );

/** { "law": … } with what each is given. */
const lawsOf = (field: Json): string =>
  table(
    ['`law`', 'with', 'what it is'],
    alternatives(field)
      .filter(isLaw)
      .map((one) => {
        const law = fieldsIn(one).find(([key]) => key === 'law')![1];
        const given = fieldsIn(one).filter(([key]) => key !== 'law');
        return [
          `\`${String(law.const)}\``,
          given.map(([key, parameter]) => `\`${key}\` ${typeOf(parameter)}`).join('; '),
          String(law.description),
        ];
      }),
  );

function datasetsOf(data: Json): string {
  const rows = alternatives(data).flatMap((one) => {
    const fields = Object.fromEntries(fieldsIn(one));
    if (!fields.dataset) return [];
    const parameters = fields.parameters ? fieldsIn(fields.parameters) : [];
    const { dimension } = fields;
    const of = (name: string, field: Json): string =>
      `\`${name}\` (${typeOf(field)}; ${code(field.default)}): ${String(field.description)}`;
    return [
      [
        `\`${String(fields.dataset.const)}\``,
        dimension ? `${typeOf(dimension)}; ${code(dimension.default)}` : '',
        parameters.map(([name, field]) => of(name, field)).join('<br>'),
        String(fields.dataset.description),
      ],
    ];
  });
  return table(['`dataset`', '`dimension`', '`parameters`', 'what it is'], rows);
}

export function reference(): string {
  const { properties } = SCHEMAS.config() as { properties: Record<string, Json> };
  const { data, model, parameterization, initial, dynamics, record, engine, method, preset } = properties;
  const inModel = Object.fromEntries(fieldsIn(model));
  const inDynamics = Object.fromEntries(fieldsIn(dynamics));
  const inInitial = Object.fromEntries(fieldsIn(initial));
  const schedule = Object.fromEntries(alternatives(inDynamics.schedule).flatMap(fieldsIn));
  const section = (name: string, field: Json): string =>
    [`## ${name}`, String(field.description), table(HEADS, [...rowsBelow(field, name).values()])].join('\n\n');
  return [
    '# Configuration',
    'CONFIG.json, field by field, as the schema has it by which runs read it: `mckean schema` prints that for editors, ' +
      'and the npm package has it as `mckean/schema.json`. A path "a.b" is the field `b` of the object `a`. Every field but `data` may be left ' +
      'out, and an unknown or wrong one is refused by name. `null` takes away what a preset has there.',
    table(
      HEADS,
      ['$schema', 'preset', 'engine', 'method'].map((name) =>
        name === 'preset'
          ? ['`preset`', '[a name](#presets)', '', String(preset.description)]
          : row(name, properties[name]),
      ),
    ),
    section('data', data),
    '### Data sets\n',
    datasetsOf(data),
    section('model', model),
    '### Activations\n',
    namesOf(inModel.activation),
    '### Features\n',
    namesOf(inModel.features),
    '### Losses\n',
    namesOf(inModel.loss),
    section('parameterization', parameterization),
    namesOf(parameterization),
    section('initial', initial),
    '### Laws of θ\n',
    lawsOf(inInitial.w0),
    section('dynamics', dynamics),
    '### Integrators\n',
    namesOf(inDynamics.integrator),
    '### Schedules\n',
    lawsOf(schedule.dt),
    section('record', record),
    '## Methods\n',
    namesOf(method),
    String(engine.description),
    '## Presets\n',
    namesOf(preset),
  ].join('\n\n');
}
