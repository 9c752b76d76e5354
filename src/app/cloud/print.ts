/** On paper: the picture as it stands, what made it, and where to find it again. */
import type { Config } from '../../core/config/config.ts';
import { featuresText } from '../../core/features/features.ts';
import { headedRow, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { say } from '../../words/say.ts';

/** Fills `sheet`, which only paper shows, whenever the browser is about to print. */
export function bindPrint(sheet: HTMLElement, page: Page): void {
  addEventListener('beforeprint', () => {
    if (!page.session.prepared) return;
    const picture = page.cloud.snapshot();
    if (picture) {
      picture.dataset.theme = page.theme;
      picture.setAttribute('role', 'img');
      picture.setAttribute('aria-label', say('The cloud of neurons'));
    }
    sheet.replaceChildren(
      make('h1', '', document.getElementById('summary')!.textContent!),
      ...(picture ? [picture] : []),
      table({ ...metricsOf(page), ...settingsOf(page.session.config()) }),
      make('p', '', location.href.length < LONGEST ? location.href : location.origin + location.pathname),
    );
  });
}

/** Letters of an address that fit on paper. */
const LONGEST = 2000;

function metricsOf({ session }: Page): Record<string, string> {
  const { step, t, loss, n, m, d, adapter, method, precision } = session.metrics();
  return {
    [say('step')]: String(step),
    t: t.toPrecision(6),
    [say('loss')]: loss.toPrecision(6),
    ...(Number.isNaN(session.r2) ? {} : { 'R²': session.r2.toFixed(4) }),
    n: String(n),
    m: String(m),
    d: String(d),
    [say('computed')]: `${adapter}, ${method}, ${precision}`,
  };
}

function settingsOf({ model, parameterization, initial, dynamics }: Config): Record<string, string> {
  const text = (value: unknown): string =>
    typeof value === 'string'
      ? value
      : JSON.stringify(value).replace(/["{}]/g, '').replaceAll(',', ', ').replaceAll(':', ' ');
  return {
    [say('activation')]: featuresText(model),
    [say('bias')]: text(model.bias),
    [say('parameterization')]: text(parameterization),
    [say('initial')]: text(initial),
    [say('dynamics')]: text(dynamics),
  };
}

function table(rows: Record<string, string>): HTMLElement {
  const element = make('table', '');
  element.append(...Object.entries(rows).map(([name, value]) => headedRow(name, value)));
  return element;
}
