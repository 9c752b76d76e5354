/** Files for configurations that name none. */
import type { Files } from '../../src/experiments/data/table.ts';

const none = (): Promise<never> => Promise.reject(new Error('no files here'));

export const NO_FILES: Files = { readBytes: none, note: () => undefined };
