/** θ at step 0: drawn from its laws, or loaded. */
import { ConfigError, WIDTH_OF_FILE, type Config } from '../core/config/config.ts';
import { drawTheta } from '../core/laws.ts';
import { abcOf, scalesOf } from '../core/parameterizations.ts';
import type { Shape } from '../core/shape.ts';
import type { Problem } from '../engines/engine.ts';
import { decodeNpy, NpyError } from '../io/npy.ts';
import type { Files } from './table.ts';

/** Throws ConfigError where it needs more than `mostBytes`, or laws or file do not fit a row. */
export async function initialTheta(
  config: Config,
  shape: Shape,
  files: Files,
  mostBytes: number,
): Promise<{ theta: Problem['theta']; n: number }> {
  const { initial, model, parameterization } = config;
  if (initial.npy !== undefined) return loadTheta(initial.npy, shape, model.width, files);
  const { c, d, width } = shape;
  const n = model.width;
  const bytes = 8 * n * width;
  if (bytes > mostBytes) {
    const most = Math.floor(mostBytes / (8 * width));
    throw new ConfigError(
      `model.width = ${n}: θ needs ${bytes} bytes and at most ${mostBytes} fit here, choose a width ≤ ${most}`,
    );
  }
  if (initial.w0.law === 'dirac' && typeof initial.w0.at === 'object' && initial.w0.at.length !== d) {
    throw new ConfigError(`initial.w0.at has ${initial.w0.at.length} numbers and d = ${d}: give ${d}`);
  }
  if (initial.w1.law === 'dirac' && typeof initial.w1.at === 'object' && initial.w1.at.length !== c) {
    throw new ConfigError(`initial.w1.at has ${initial.w1.at.length} numbers: give ${c === 1 ? 'one' : c}`);
  }
  const { spread } = scalesOf(abcOf(parameterization), n);
  return {
    theta: await drawInTurns(n * width, TOGETHER * width, (at, count) =>
      drawTheta(initial, count / width, shape, spread, at / width),
    ),
    n,
  };
}

/** Neurons drawn before others have a turn: two milliseconds or so. */
const TOGETHER = 2 ** 13;

/**
 * `draw(at, count)` in pieces of `most` numbers, the event loop turning in between: a page stays alive
 * meanwhile, and its GPU is fed.
 */
async function drawInTurns(
  size: number,
  most: number,
  draw: (at: number, count: number) => Float64Array,
): Promise<Float64Array> {
  if (size <= most) return draw(0, size);
  const all = new Float64Array(size);
  for (let at = 0; at < size; at += most) {
    all.set(draw(at, Math.min(most, size - at)), at);
    await turn();
  }
  return all;
}

/** One turn of the event loop; timers would wait for milliseconds. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function loadTheta(
  path: string,
  row: Shape,
  width: number,
  files: Files,
): Promise<{ theta: Problem['theta']; n: number }> {
  const { shape, data } = decode(await files.readBytes(path), path);
  if (shape.length !== 2 || shape[1] !== row.width) {
    throw new ConfigError(
      `initial.npy: ${path} has shape (${shape.join(', ')}), give (n, ${row.width}) for these data: ${row.c === 1 ? 'column 0 is w1' : `${row.c} columns of w1`}, then ${row.d} of w0`,
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
  return { theta: data, n: shape[0] };
}

function decode(bytes: Uint8Array, path: string): ReturnType<typeof decodeNpy> {
  try {
    return decodeNpy(bytes);
  } catch (error) {
    if (error instanceof NpyError) throw new ConfigError(`initial.npy: ${path}: ${error.message}`);
    throw error;
  }
}
