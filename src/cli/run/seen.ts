/** What a run's summary is told of: f of the training rows, or of those held out where these stand for them. */
import { LOSSES } from '../../core/objective/losses.ts';
import { meanLoss } from '../../core/model.ts';
import { shapeOf } from '../../core/shape.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Prepared } from '../../experiments/prepare.ts';

export interface Seen {
  readonly f: Float64Array;
  readonly y: Float64Array;
  readonly loss: number;
}

type Rows = Pick<Prepared, 'problem' | 'test'>;

/** f of the rows held out, where there are such. */
export const heldOf = async (engine: Engine, { test }: Rows): Promise<Float64Array | null> =>
  test && engine.predict(test.x);

/** Training rows that come and go say little: then those that are held out stand for them. */
export async function seenOf(
  engine: Engine,
  { problem, test }: Rows,
  held: Float64Array | null,
): Promise<Seen> {
  if (!problem.stream || !test || !held) return { f: await engine.f(), y: problem.y, loss: engine.loss };
  const { y } = test;
  return { f: held, y, loss: meanLoss(held, y, LOSSES[problem.loss], shapeOf(problem).c) };
}

/** The loss alone, which an engine has of rows that stay. */
export const lossOf = async (engine: Engine, rows: Rows): Promise<number> =>
  rows.problem.stream && rows.test
    ? (await seenOf(engine, rows, await heldOf(engine, rows))).loss
    : engine.loss;
