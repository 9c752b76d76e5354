/** Files for configurations that name none. */
import type { Files } from '../../src/experiments/table.ts';

const none = (): Promise<never> => Promise.reject(new Error('no files here'));

export const NO_FILES: Files = { readText: none, readBytes: none, note: () => undefined };
