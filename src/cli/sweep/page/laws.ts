/** The laws: slopes beside theory in one picture, then each law by itself, then the rates. */
import { valueWords } from '../../../experiments/sweep/expand.ts';
import { LAWS, type LawName } from '../../../experiments/sweep/laws.ts';
import type { Rate } from '../../../experiments/sweep/study.ts';
import { counted, slopeWords } from '../../words.ts';
import { short } from '../../../experiments/measure/figures/style.ts';
import { escaped, html, table } from '../../report/html.ts';
import { systemWords, type Shown } from './shown.ts';

export async function slopesSection({ rates }: Shown): Promise<string> {
  // a drawing library: loaded where it draws
  const { drawSlopes } = await import('../../../experiments/measure/figures/sweep.ts');
  const figure = await drawSlopes(
    rates.map(({ quantity, t, settings, fit }) => ({ ...fit, quantity, t, system: systemWords(settings) })),
  );
  const times = [...new Set(rates.map(({ t }) => t))].sort((p, q) => p - q);
  return html`<h2>Slopes against theory</h2>
<figure>${figure}<figcaption>Each slope in log n minus what theory expects (the number at the right), with its 95 % bootstrap interval over seeds; from top to bottom t = ${times.join(', ')}. The band is the tolerance: a slope holds if it and half its interval stay within, and fails if its interval lies outside.</figcaption></figure>`;
}

export function lawSection(name: LawName, { rates, study }: Shown): string {
  const { title, law } = LAWS[name];
  const own = rates.filter((rate) => rate.law === name);
  const findings = study.findings.filter((finding) => finding.law === name);
  const none = findings.filter(({ judgement }) => judgement === null);
  const quantities = [...new Set(own.map(({ quantity }) => quantity))];
  const columns = quantities.flatMap((quantity) =>
    [...new Set(own.filter((rate) => rate.quantity === quantity).map(({ t }) => t))].map((t) => ({
      quantity,
      t,
    })),
  );
  const cell = (rate: Rate | undefined): string =>
    rate
      ? html`<span class="${rate.fit.verdict}" title="${rate.fit.verdict}">${slopeWords(rate.fit.slope)}</span><br><small>[${slopeWords(rate.fit.low)}, ${slopeWords(rate.fit.high)}]</small>`
      : '–';
  const body = findings
    .filter(({ judgement }) => judgement !== null)
    .map(({ settings, widths, seeds }) => {
      const found = (quantity: string, t?: number): Rate | undefined =>
        own.find(
          (rate) =>
            rate.settings === settings && rate.quantity === quantity && (t === undefined || rate.t === t),
        );
      const theory = quantities
        .map((quantity) => found(quantity)?.fit.expected)
        .find((value) => value !== undefined);
      return [
        escaped(systemWords(settings)),
        theory === undefined ? '–' : short(theory),
        ...columns.map(({ quantity, t }) => cell(found(quantity, t))),
        `${widths[0]} … ${widths.at(-1)!}`,
        String(seeds),
      ];
    });
  const shapes = findings.flatMap(({ settings, judgement }) =>
    (judgement?.checks ?? []).map((check) => [
      escaped(systemWords(settings)),
      escaped(check.name),
      html`<span class="${check.passed ? 'holds' : 'fails'}">${short(check.value)}</span>`,
      `${short(check.expected)} ± ${short(check.tolerance)}`,
    ]),
  );
  return html`<h2>${escaped(title)}</h2>
<p>${escaped(law)}.</p>
${body.length > 0 ? table(['system', 'theory', ...columns.map(({ quantity, t }) => `${escaped(quantity)}<br>t = ${t}`), 'n', 'seeds'], body) : ''}
${none.length > 0 ? html`<p>Too little is there yet of ${none.map(({ settings }) => escaped(systemWords(settings))).join('; ')}.</p>` : ''}
${shapes.length > 0 ? html`<details><summary>${counted(shapes.length, 'check of shape', 'checks of shape')}</summary>${table(['system', 'what', 'seen', 'expected'], shapes)}</details>` : ''}`;
}

/** At the last time: panels by what and by all settings but the first, colours by the first. */
export async function ratesSection({ rates }: Shown): Promise<string> {
  const { drawRates } = await import('../../../experiments/measure/figures/sweep.ts');
  const last = Math.max(...rates.map(({ t }) => t));
  const plain = (text: string): string => text.replaceAll(',', ' ·');
  const fitted = rates
    .filter(({ t }) => t === last)
    .map(({ quantity, settings, fit, points }) => {
      const [first, ...others] = Object.values(settings).map(valueWords);
      const name = `${plain([quantity, ...others].join(', '))}, ${first ?? 'all'}`;
      return { fit: { ...fit, name }, points: points.map((point) => ({ ...point, fit: name })) };
    });
  return html`<h2>The rates</h2>
<figure>${await drawRates(fitted)}<figcaption>At t = ${last}: means over seeds with their 95 % intervals; dashed lines have the slope that theory expects.</figcaption></figure>`;
}
