/** figure.svg: what a result shows, drawn by Vega from a plain specification; nothing of it is in the page. */
import { Error as ERRORS, parse, View, type Spec } from 'vega';
import type { Judgement } from '../judge.ts';
import type { Panel } from '../panel.ts';
import { deviations } from './checks.ts';
import { curves } from './curves.ts';
import { phases } from './phases.ts';
import { rates } from './rates.ts';

export interface Shown extends Judgement {
  readonly name: string;
  /** Curves to be drawn above all else. */
  readonly panels?: readonly Panel[];
}

export interface Drawing {
  /** What the result says, below its name. */
  readonly subtitle: string;
  readonly figure?: 'phases';
}

export async function drawFigure(result: Shown, { figure, subtitle }: Drawing): Promise<string> {
  const drawn =
    figure === 'phases'
      ? phases(result)
      : result.panels
        ? curves(result, result.panels)
        : result.fits
          ? rates(result, result.fits)
          : { spec: deviations(result), columns: 2 };
  const title = {
    text: result.name,
    subtitle: wrapped(subtitle, drawn.columns * LETTERS),
    anchor: 'start',
    fontSize: 16,
    subtitleFontSize: 12,
    offset: 14,
  };
  return svgOf({ ...drawn.spec, title, background: 'white', padding: 12 } as Spec);
}

const svgOf = (spec: Spec): Promise<string> =>
  new View(parse(spec), { renderer: 'none', logLevel: ERRORS }).toSVG();

/** A picture within a page, in the page's own ink, on its ground. */
export const inkedSvg = async (spec: Spec): Promise<string> =>
  (await svgOf({ ...spec, padding: 6 })).replace(/"(?:black|#000)"/g, '"currentColor"');

/** Letters of a subtitle in a panel’s width, as wide as Vega takes them to be where it cannot measure them. */
const LETTERS = 37;

function wrapped(text: string, length: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`;
    return longer.length > length || lines.length === 0 ? [...lines, word] : [...lines.slice(0, -1), longer];
  }, []);
}
