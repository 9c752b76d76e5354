/** The benchmark in a kit: Node, its python3's peers, and the page that was built with the browser's peers in it. */
import { NODE_PLATFORM } from '../../src/cli/machine/platform.ts';
import { openPage } from '../browser.ts';
import { main } from '../main.ts';
import { openPython } from '../python/python.ts';
import { fromKit } from './place.ts';

process.exitCode = await main(process.argv.slice(2), {
  platform: { ...NODE_PLATFORM, autoTakesSoftware: true },
  openPage: (peers) => openPage(fromKit('bench/page'), peers ? 'peers' : 'ours'),
  openPython,
});
