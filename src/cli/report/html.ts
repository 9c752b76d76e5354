/** Pages that the command line writes: each is one file that needs nothing else. */
import { COLOURS } from '../../experiments/measure/figures/style.ts';

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => MARKS[mark]);

/** A template of HTML: what stands in it is HTML, too. */
export const html = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  parts.reduce((text, part, i) => `${text}${values[i - 1]}${part}`);

export const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  html`<div class="wide"><table><thead><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead><tbody>${body
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table></div>`;

/** Sections below one another, of which the first has the title, too. */
export const pageOf = (title: string, sections: readonly string[]): string => html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<main>
${sections.join('\n')}
</main>
</html>
`;

/** A figure's colour as the page has it, which is another in the dark. */
const ofPage = (colour: string, name: string): string =>
  ['fill', 'stroke']
    .map((kind) => `figure:not(.paper) svg [${kind}="${colour}"] { ${kind}: var(--${name}); }`)
    .join(' ');

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1f; --ground: #fff; --faint: #6a6a72; --line: #d9d9de; --good: ${COLOURS.plain}; --bad: ${COLOURS.failed}; --open: #a2640a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6ea; --ground: #131418; --faint: #9b9ba6; --line: #33343c; --good: #7fb2ec; --bad: #f08a7d; --open: #e5b261; }
}
body { margin: 0; color: var(--ink); background: var(--ground); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; padding-top: .6rem; border-top: 1px solid var(--line); }
p { margin: .4rem 0; max-width: 82ch; }
.verdict { font-size: 1.15rem; }
figure { margin: .8rem 0; overflow-x: auto; }
figure svg { color: var(--ink); display: block; }
${ofPage(COLOURS.plain, 'good')}
${ofPage(COLOURS.failed, 'bad')}
figure.paper svg { background: #fff; border-radius: 4px; }
sub, sup { line-height: 0; }
a { color: inherit; }
figcaption, small, summary { color: var(--faint); }
figcaption { max-width: 82ch; font-size: .9rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; margin: .5rem 0; }
th { text-align: left; white-space: normal; max-width: 9rem; font-weight: 600; vertical-align: bottom; }
th, td { padding: .22rem .9rem .22rem 0; border-bottom: 1px solid var(--line); }
td { white-space: nowrap; vertical-align: top; line-height: 1.3; }
.holds { color: var(--good); } .fails { color: var(--bad); font-weight: 700; } .undecided { color: var(--open); font-weight: 600; }
pre { background: color-mix(in srgb, var(--ink) 6%, transparent); padding: .7rem .9rem; overflow-x: auto; font-size: .82rem; }
summary { cursor: pointer; margin: .5rem 0; }
@media print { details { display: block; } body { font-size: 12px; } }
`;
