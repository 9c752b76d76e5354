/** Curves of a result, as plain data: what its figure draws and points.csv lists. */

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  /** An interval of y. */
  readonly low?: number;
  readonly high?: number;
}

export interface Curve {
  readonly name: string;
  /** What was seen are dots, what theory says lines; bars are densities. */
  readonly mark: 'line' | 'dots' | 'bars';
  readonly points: readonly CurvePoint[];
}

export interface Axis {
  readonly title: string;
  readonly log?: true;
}

export interface Panel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
}

/** One row for each point. */
export const pointsIn = (panels: readonly Panel[]): Readonly<Record<string, number | string>>[] =>
  panels.flatMap(({ title, curves }) =>
    curves.flatMap(({ name, points }) => points.map((point) => ({ panel: title, curve: name, ...point }))),
  );
