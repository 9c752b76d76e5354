/** The run itself in files: θ for NumPy, and what the command line needs to run it again. */
import { shapeOf } from '../../core/shape.ts';
import type { Config } from '../../core/config/config.ts';
import { encodeNpy } from '../../io/npy.ts';
import type { Page } from '../page.ts';

/** θ [n, c + d] in float32, w1 first. */
export async function npy({ session }: Pick<Page, 'session'>): Promise<Blob> {
  const { n, ...sized } = session.metrics();
  const theta = await session.theta();
  return new Blob([encodeNpy(Float32Array.from(theta), [n, shapeOf(sized).width])], {
    type: 'application/octet-stream',
  });
}

/** The bytes of that file: the numbers and a header of 128. */
export const npyBytes = ({ session }: Pick<Page, 'session'>): number => {
  const { n, ...sized } = session.metrics();
  return 128 + 4 * n * shapeOf(sized).width;
};

/** The configuration, with as many steps as the run has gone: the command line comes to where the page is. */
export function configOf({ session }: Pick<Page, 'session'>): Config {
  const config = session.config();
  const { step } = session.metrics();
  return step === 0 ? config : { ...config, dynamics: { ...config.dynamics, steps: step } };
}

/** In a checkout of the program, beside the saved file. */
export const command = (file: string): string =>
  `npm run -s mckean -- run ${file} --out ${file.replace(/\.json$/, '')}`;
