/** Before the tests of the page: it is built, once for all of them. */
import { build } from 'vite';

export default async function setup(): Promise<void> {
  await build({ logLevel: 'error' });
}
