/** The figures of a sweep's report. */
import type { Fit, FitPoint } from '../judge.ts';
import type { Panel } from '../panel.ts';
import { curves } from './curves.ts';
import { inkedSvg } from './figure.ts';
import { ratePanels } from './rates.ts';
import { slopes, type Slope } from './slopes.ts';
import { layoutOf } from './style.ts';

export type { Slope } from './slopes.ts';

export interface Fitted {
  /** Fits with one name before its comma share a panel. */
  readonly fit: Fit;
  readonly points: readonly FitPoint[];
}

const COLUMNS = 3;

export const drawSlopes = (rows: readonly Slope[]): Promise<string> => inkedSvg(slopes(rows));

/** A title is red where a rate fails; what is undecided is not yet wrong. */
export function drawRates(all: readonly Fitted[]): Promise<string> {
  const marks = ratePanels(
    { points: all.flatMap(({ points }) => points) },
    all.map(({ fit }) => ({ ...fit, passed: fit.verdict !== 'fails' })),
  );
  const lines = Math.ceil(all.length / marks.length);
  return inkedSvg({ layout: layoutOf(COLUMNS, lines), marks });
}

export const drawCurves = (panels: readonly Panel[]): Promise<string> =>
  inkedSvg(curves({ name: '', points: [], verdict: 'holds', passed: true }, panels).spec);
