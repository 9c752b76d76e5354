/** θ at step 0: drawn from its laws, or loaded. */
import { ConfigError, WIDTH_OF_FILE, type Config } from '../core/config/config.ts';
import { drawTheta, piecesOf, type Piece } from '../core/laws.ts';
import { abcOf, scalesOf } from '../core/parameterizations.ts';
import { shapeOf, type Shape } from '../core/shape.ts';
import type { DrawSetup } from '../engines/draws.ts';
import { DeviceLostError, type Problem } from '../engines/engine.ts';
import { spelledShape } from '../io/npy.ts';
import type { Work } from '../core/work.ts';
import { decodedNpy } from './data/npy-file.ts';
import type { Files } from './data/table.ts';
import { inTurns } from './turns.ts';

/** Throws ConfigError where it needs more than `mostBytes`, or laws or file do not fit a row. */
export async function initialTheta(
  config: Config,
  shape: Shape,
  files: Files,
  mostBytes: number,
): Promise<{ theta: Problem['theta']; n: number }> {
  const { initial, model, parameterization } = config;
  if (initial.npy !== undefined) return loadTheta(initial.npy, shape, model.width, files);
  const { width } = shape;
  const n = model.width;
  const bytes = 8 * n * width;
  if (bytes > mostBytes) {
    const most = Math.floor(mostBytes / (8 * width));
    throw new ConfigError(
      `model.width = ${n}: θ needs ${bytes} bytes and at most ${mostBytes} fit here, choose a width ≤ ${most}`,
    );
  }
  piecesOf(initial, shape).forEach(checkLength);
  const { spread } = scalesOf(abcOf(parameterization), n);
  const theta = await drawn({ initial, sized: shape, spread, n }, files);
  checkDrawn(theta, initial, shape);
  return { theta, n };
}

/** From so many neurons on other threads are worth their while. */
const MANY = 2 ** 18;

async function drawn(setup: DrawSetup, files: Files): Promise<Float64Array> {
  const { initial, sized, spread, n } = setup;
  const { width } = shapeOf(sized);
  const task = `drawing ${n.toLocaleString('en')} neurons`;
  const alone = (): Promise<Float64Array> => {
    const work = drawing(n * width, TOGETHER * width, (at, count) =>
      drawTheta(initial, count / width, sized, spread, at / width, n),
    );
    return inTurns(work, task, files);
  };
  if (!files.draw || n < MANY) return alone();
  try {
    return await files.draw(setup, (share) => files.turn?.(task, share));
  } catch (error) {
    if (error instanceof DeviceLostError) return alone(); // threads may be refused
    throw error;
  }
}

/** Below the root of the largest number: sums of squares are numbers. */
const LARGEST = 1e150;

function checkDrawn(theta: Float64Array, initial: Config['initial'], shape: Shape): void {
  const at = theta.findIndex((value) => !(Math.abs(value) < LARGEST));
  if (at < 0) return;
  const k = at % shape.width;
  const { name, law } = piecesOf(initial, shape).find(({ from, size }) => k < from + size)!;
  throw new ConfigError(
    `initial.${name} = ${JSON.stringify(law)} draws ${theta[at]} for neuron ${Math.floor(at / shape.width)}: choose numbers below ${LARGEST}`,
  );
}

/** A point that a law names has as many coordinates as it draws. */
function checkLength({ name, law, size }: Piece): void {
  if (law.law !== 'dirac' || typeof law.at !== 'object' || law.at.length === size) return;
  throw new ConfigError(
    `initial.${name}.at has ${law.at.length} numbers and ${size} ${size === 1 ? 'is' : 'are'} drawn: give ${size}`,
  );
}

/** Neurons drawn before others have a turn: two milliseconds or so. */
const TOGETHER = 2 ** 13;

/** `draw(at, count)` in pieces of `most` numbers: a page stays alive meanwhile, and its GPU is fed. */
function* drawing(
  size: number,
  most: number,
  draw: (at: number, count: number) => Float64Array,
): Work<Float64Array> {
  if (size <= most) return draw(0, size);
  const all = new Float64Array(size);
  for (let at = 0; at < size; at += most) {
    all.set(draw(at, Math.min(most, size - at)), at);
    yield Math.min(1, (at + most) / size);
  }
  return all;
}

async function loadTheta(
  path: string,
  row: Shape,
  width: number,
  files: Files,
): Promise<{ theta: Problem['theta']; n: number }> {
  const { shape, data, converted } = decodedNpy(await files.readBytes(path), `initial.npy: ${path}:`);
  if (shape.length !== 2 || shape[1] !== row.width) {
    throw new ConfigError(
      `initial.npy: ${path} has shape ${spelledShape(shape)}, give (n, ${row.width}) for these data: ${columnsOf(row)}`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new ConfigError(
      `initial.npy: ${path} holds ${data[bad]} at row ${Math.floor(bad / row.width)}, column ${bad % row.width}: give finite numbers`,
    );
  }
  if (shape[0] === 0) throw new ConfigError(`initial.npy: ${path} has no rows: give at least one neuron`);
  if (width !== WIDTH_OF_FILE && width !== shape[0]) {
    throw new ConfigError(
      `model.width = ${width}, but initial.npy ${path} has ${shape[0]} rows: leave the width out or make them equal`,
    );
  }
  if (converted !== undefined) files.note(`initial.npy: ${path}: ${converted}`);
  return { theta: data, n: shape[0] };
}

const columnsOf = ({ weights, d }: Shape): string =>
  weights === 0
    ? `${d} columns of w0 alone`
    : `${weights === 1 ? 'column 0 is w1' : `${weights} columns of w1`}, then ${d} of w0`;
