/** report.html: all that a referee asks, in one file that needs nothing else. */
import type { Verdict } from '../../../experiments/measure/judge.ts';
import { statusOf } from '../cells.ts';
import { counted } from '../../words.ts';
import { escaped, html, pageOf } from '../../report/html.ts';
import { lawSection, ratesSection, slopesSection } from './laws.ts';
import { cellsSection, commands, environment, lossSection } from './cells.ts';
import type { Shown } from './shown.ts';

export async function reportOf(shown: Shown): Promise<string> {
  const { plan } = shown.folder;
  const title = plan.title ?? 'A sweep';
  const sections = [
    lead(shown, title),
    shown.rates.length > 0 ? await slopesSection(shown) : '',
    ...shown.folder.plan.measure.map((law) => lawSection(law, shown)),
    shown.rates.length > 0 ? await ratesSection(shown) : '',
    await lossSection(shown),
    cellsSection(shown),
    environment(shown),
    commands(shown),
  ];
  return pageOf(title, sections);
}

function lead({ rows, rates, study, folder, expanded }: Shown, title: string): string {
  const by = (status: string): number => rows.filter((row) => statusOf(row) === status).length;
  const done = by('done');
  const count = (verdict: Verdict): number => rates.filter(({ fit }) => fit.verdict === verdict).length;
  const checks = study.findings.flatMap(({ judgement }) => judgement?.checks ?? []);
  const widths = expanded.families[0].groups.map(({ n }) => n);
  const verdict =
    rates.length === 0
      ? ''
      : html`<p class="verdict">${count('holds')} of ${counted(rates.length, 'slope')} hold${
          count('undecided') > 0 ? `, ${count('undecided')} undecided` : ''
        }${count('fails') > 0 ? `, <b class="fails">${count('fails')} fail</b>` : ''}${
          checks.length > 0
            ? `; ${checks.filter(({ passed }) => passed).length} of ${counted(checks.length, 'check of shape', 'checks of shape')} are a normal law’s`
            : ''
        }.</p>`;
  return html`<h1>${escaped(title)}</h1>
${verdict}
<p>${counted(expanded.families.length, 'system')} × n from ${widths[0].toLocaleString('en')} to ${widths.at(-1)!.toLocaleString('en')} × ${counted(expanded.seeds.length, 'seed')}: ${done.toLocaleString('en')} of ${counted(rows.length, 'cell')} done${
    by('diverged') > 0 ? `, ${by('diverged')} diverged` : ''
  }${by('missing') > 0 ? `, <b>${by('missing').toLocaleString('en')} missing</b>: rates are of the widths and seeds of which all are there` : ''}. mckean ${escaped(folder.plan.version)}.</p>`;
}
