/** report.html of all laws: each with its statement, its figure, its verdict, and where it comes from. */
import { cited, partsOf } from '../../core/words/law.ts';
import { expectation, type Verdict } from '../../experiments/measure/judge.ts';
import { short } from '../../experiments/measure/figures/style.ts';
import type { Measurement } from '../../experiments/measure/measurement.ts';
import { MEASUREMENTS, type MeasurementName } from '../../experiments/measure/registry.ts';
import { escaped, html, pageOf, table } from '../report/html.ts';
import { counted, duration } from '../words.ts';
import type { Done, Row } from './rows.ts';

export interface Laws {
  /** Those that are done, in the registry's order, */
  readonly rows: readonly Row[];
  /** of so many. */
  readonly of: number;
  /** That made it. */
  readonly command: string;
  readonly control: boolean;
}

const isDone = (row: Row): row is Done => 'verdict' in row;
const entryOf = (name: MeasurementName): Measurement => MEASUREMENTS[name];

export function pageOfLaws(laws: Laws): string {
  const title = laws.control ? 'The laws, each with an error on purpose' : 'The laws, measured';
  return pageOf(title, [
    lead(title, laws),
    ...laws.rows.map((row) => (isDone(row) ? section(row) : refused(row.name, row.refusal))),
    origins(laws),
  ]);
}

const SAID: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  fails: 'fails',
  undecided: 'undecided',
};
const verdictWords = (verdict: Verdict): string => html`<span class="${verdict}">${SAID[verdict]}</span>`;

const learnedWords = ({ r2, testR2, unlearned }: Done): string =>
  r2 === null
    ? escaped(unlearned ?? '–')
    : `${short(r2)}${testR2 === null ? '' : ` (held out ${short(testR2)})`}`;

function lead(title: string, { rows, of, control }: Laws): string {
  const done = rows.filter(isDone);
  const count = (verdict: Verdict): number => done.filter((row) => row.verdict === verdict).length;
  const others = [
    ...(count('undecided') > 0 ? [`${count('undecided')} undecided`] : []),
    ...(count('fails') > 0 ? [`<b class="fails">${count('fails')} fail</b>`] : []),
    ...(rows.length > done.length ? [`${rows.length - done.length} not about this problem`] : []),
    ...(of > rows.length ? [`${of - rows.length} not measured yet`] : []),
  ];
  const seconds = done.reduce((sum, row) => sum + row.seconds, 0);
  const body = rows.map((row) => {
    const name = html`<a href="#${row.name}">${row.name}</a>`;
    return isDone(row)
      ? [name, verdictWords(row.verdict), learnedWords(row), `${row.seconds.toFixed(1)} s`]
      : [name, 'not about this', '–', '–'];
  });
  return html`<h1>${escaped(title)}</h1>
<p class="verdict">${count('holds')} of ${counted(of, 'law')} hold${others.length > 0 ? `; ${others.join(', ')}` : ''}. ${duration(seconds)} in all.</p>
${control ? html`<p>What is wrong in each is said below: here every law should fail.</p>` : ''}
${table(['law', 'verdict', 'R² at the end', 'time'], body)}`;
}

/** A law's signs, raised and lowered. */
const typeset = (law: string): string =>
  partsOf(law)
    .map(({ text, place }) => (place === 'line' ? escaped(text) : html`<${place}>${escaped(text)}</${place}>`))
    .join('');

function statement(name: MeasurementName): string {
  const { summary, law } = entryOf(name);
  const own = cited(law);
  const place = own.place ? html` <small>(docs/model.md, ${escaped(own.place)})</small>` : '';
  return html`<h2 id="${name}">${name}</h2>
<p>${typeset(summary)}</p>
<p><em>${typeset(own.law)}</em>${place}</p>`;
}

const refused = (name: MeasurementName, refusal: string): string =>
  html`${statement(name)}
<p>Not about this problem: ${escaped(refusal)}</p>`;

function section(row: Done): string {
  const { name, verdict, control, failure, figure, seconds, widths, replicas, seed } = row;
  const sizes = `n = ${widths.map((n) => n.toLocaleString('en')).join(', ')}; ${replicas.toLocaleString('en')} replicas; seed ${seed}`;
  return html`${statement(name)}
${control === undefined ? '' : html`<p>Wrong on purpose: ${escaped(control)}.</p>`}
<p class="verdict">${verdictWords(verdict)}</p>
<p><small>R² at the end: ${learnedWords(row)}. ${sizes}. ${seconds.toFixed(1)} s.</small></p>
${failure === undefined ? '' : html`<p>${escaped(failure)}</p>`}
${figure === null ? '' : html`<figure class="paper">${figureOf(name, figure)}</figure>`}
${numbers(row)}`;
}

/** Marks within one figure are its own: several stand on the page. */
const figureOf = (name: string, svg: string): string =>
  svg.replace(/\bid="/g, `id="${name}-`).replace(/url\(#/g, `url(#${name}-`);

function numbers({ fits = [], checks = [] }: Done): string {
  const rows = [
    ...fits.map((fit) => [
      escaped(fit.name),
      `${short(fit.slope)} <small>[${short(fit.low)}, ${short(fit.high)}]</small>`,
      `${expectation(fit, short)}${fit.bias > 0 ? ` <small>bias ${short(fit.bias)}</small>` : ''}`,
      verdictWords(fit.verdict),
    ]),
    ...checks.map((check) => [
      escaped(check.name),
      short(check.value),
      html`${expectation(check, short)}${check.theory === undefined ? '' : html`<br><small>${escaped(check.theory)}</small>`}`,
      verdictWords(check.verdict),
    ]),
  ];
  return html`<details><summary>${counted(rows.length, 'number')}</summary>${table(['what', 'seen', 'expected', 'verdict'], rows)}</details>`;
}

/** Where each comes from, and how to have it again. */
function origins({ rows, command }: Laws): string {
  const body = rows.filter(isDone).map(({ name, provenance, engine }) => {
    const { date, commit, modified, version, node, system, cpu, cores, adapter } = provenance;
    const program = commit === null ? version : `${commit.slice(0, 12)}${modified ? ', changed since' : ''}`;
    return [
      name,
      escaped(date.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')),
      escaped(program),
      escaped(`Node ${node}`),
      escaped(system),
      escaped(`${cpu}, ${counted(cores, 'core')}`),
      escaped(engine === undefined ? 'none' : `${engine}: ${adapter}`),
    ];
  });
  return html`<h2>Where it comes from</h2>
${table(['law', 'begun', 'mckean', 'Node', 'system', 'processor', 'engine'], body)}
<p>Every seed stands in result.json of each law, and every replica’s value in its replicas-R.npy. Made by</p>
<pre>${escaped(command)}</pre>`;
}
