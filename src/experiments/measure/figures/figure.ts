/** figure.svg: what a result shows, drawn by Vega from a plain specification; nothing of it is in the page. */
import { Error as ERRORS, parse, View, type Spec } from 'vega';
import type { Verdict } from '../judge.ts';
import type { Measurement } from '../measurement.ts';
import { deviations } from './checks.ts';
import { phases } from './phases.ts';
import { rates } from './rates.ts';

export interface Shown extends Verdict {
  readonly name: string;
}

export async function drawFigure(result: Shown, { figure, law }: Measurement): Promise<string> {
  const drawn =
    figure === 'phases'
      ? phases(result)
      : result.fits
        ? rates(result, result.fits)
        : { spec: deviations(result), columns: 2 };
  const title = {
    text: result.name,
    subtitle: wrapped(law, drawn.columns * LETTERS),
    anchor: 'start',
    fontSize: 16,
    subtitleFontSize: 12,
    offset: 14,
  };
  return new View(parse({ ...drawn.spec, title, background: 'white', padding: 12 } as Spec), {
    renderer: 'none',
    logLevel: ERRORS,
  }).toSVG();
}

/** Letters of a subtitle in a panel’s width, as wide as Vega takes them to be where it cannot measure them. */
const LETTERS = 37;

function wrapped(text: string, length: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`;
    return longer.length > length || lines.length === 0 ? [...lines, word] : [...lines.slice(0, -1), longer];
  }, []);
}
