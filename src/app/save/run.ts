/** The run itself in files: θ for NumPy, and what the command line needs to run it again. */
import { shapeOf } from '../../core/shape.ts';
import type { Config } from '../../core/config/config.ts';
import { encodeNpy } from '../../io/npy.ts';
import type { Page } from '../page.ts';
import { lengthOfText, spelling } from '../../experiments/portable.ts';
import { inTurns } from '../../experiments/turns.ts';
import { saveFile } from '../shell/download.ts';
import { say } from '../say.ts';

/** θ [n, c + d] in float32, w1 first where there is one. */
export async function npy({ session }: Pick<Page, 'session'>): Promise<Blob> {
  const [n, width] = thetaShape({ session });
  const theta = await session.theta();
  return new Blob([encodeNpy(Float32Array.from(theta), [n, width])], {
    type: 'application/octet-stream',
  });
}

/** n and the numbers of a neuron. */
export function thetaShape({ session }: Pick<Page, 'session'>): [number, number] {
  const { problem } = session.prepared!;
  return [problem.n, shapeOf(problem).width];
}

/** The bytes of that file: the numbers and a header of 128. */
export const npyBytes = ({ session }: Pick<Page, 'session'>): number => {
  const [n, width] = thetaShape({ session });
  return 128 + 4 * n * width;
};

/** The configuration, with as many steps as the run has gone: the command line comes to where the page is. */
function configOf({ session }: Pick<Page, 'session'>): Config {
  const config = session.config();
  const { step } = session.metrics();
  return step === 0 ? config : { ...config, dynamics: { ...config.dynamics, steps: step } };
}

/** Its file, without need of others; large data are spelled out while the page answers. */
export async function saveConfig(page: Pick<Page, 'session' | 'data'>, name: string): Promise<void> {
  const work = spelling(configOf(page), page.session.prepared!.source);
  const pieces = await page.data.during(inTurns(work, say('writing {name}', { name }), page.data.files));
  saveFile(name, new Blob(pieces, { type: 'application/json' }));
}

/** Bytes of that file, about. */
export const configBytes = (page: Pick<Page, 'session'>): number =>
  lengthOfText(configOf(page), page.session.prepared!.source);

/** In a checkout of the program, beside the saved file. */
export const command = (file: string): string =>
  `npm run -s mckean -- run ${file} --out ${file.replace(/\.json$/, '')}`;
