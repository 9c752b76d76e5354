/** The key to the cloud's colours: two signs, or a scale of speeds. All words come from the caller. */
import type { CloudColour } from './cloud.ts';
import { COLOUR_MAPS, THEMES } from '../palette.ts';
import type { ThemeName } from '../palette.ts';

export interface LegendOptions {
  readonly theme: ThemeName;
  readonly colour: CloudColour;
  /** E.g. { positive: 'w1 > 0', negative: 'w1 < 0', speed: 'speed |b|' }. */
  readonly labels: { readonly positive: string; readonly negative: string; readonly speed: string };
  readonly speedRange: readonly [number, number] | null;
}

/** CSS gradient of a sequential map over the part of it that the theme shows. */
function mapGradient(theme: ThemeName, direction = 'to right'): string {
  const [low, high] = THEMES[theme].mapRange;
  const stops = Array.from({ length: 9 }, (_, i) => COLOUR_MAPS.viridis(low + ((high - low) * i) / 8));
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}

export class Legend {
  private readonly root = document.createElement('div');
  private shown = '';

  constructor(host: HTMLElement) {
    this.root.className = 'cloud-legend';
    Object.assign(this.root.style, {
      display: 'flex',
      flexWrap: 'wrap',
      gap: '0 0.9em',
      alignItems: 'center',
      font: '12px system-ui, sans-serif',
    });
    host.append(this.root);
  }

  /** Cheap to call every frame: it touches the page only when something changed. */
  update(options: LegendOptions): void {
    const key = JSON.stringify(options);
    if (key === this.shown) return;
    this.shown = key;
    this.root.style.color = THEMES[options.theme].ink;
    this.root.replaceChildren(...(options.colour === 'sign' ? signs(options) : speeds(options)));
  }

  destroy(): void {
    this.root.remove();
  }
}

function span(text: string, style: Partial<CSSStyleDeclaration> = {}): HTMLSpanElement {
  const element = document.createElement('span');
  element.textContent = text;
  Object.assign(element.style, style);
  return element;
}

function signs({ theme, labels }: LegendOptions): HTMLElement[] {
  const item = (text: string, background: string): HTMLElement => {
    const box = span('', { display: 'inline-flex', gap: '0.4em', alignItems: 'center', whiteSpace: 'nowrap' });
    box.append(span('', { width: '0.8em', height: '0.8em', borderRadius: '50%', background }), span(text));
    return box;
  };
  return [item(labels.positive, THEMES[theme].positive), item(labels.negative, THEMES[theme].negative)];
}

function speeds({ theme, labels, speedRange }: LegendOptions): HTMLElement[] {
  const bar = span('', {
    width: '7em',
    height: '0.7em',
    borderRadius: '0.2em',
    background: mapGradient(theme),
  });
  const text = (s: number | undefined): string => (s === undefined ? '' : s.toExponential(0).replace('-', '−'));
  return [span(labels.speed), span(text(speedRange?.[0])), bar, span(text(speedRange?.[1]))];
}
