/** The ways to bring data. Adding one is adding one entry: its tab comes from here. */
import { DrawWay } from './draw.ts';
import { FormulaWay } from './formula.ts';
import { PickWay } from './pick.ts';
import { TableWay } from './table.ts';
import type { WayEntry } from './way.ts';
import { say } from '../say.ts';

export const WAYS = {
  pick: {
    title: say('Pick'),
    help: say('A scene brings its data and its network; a data set leaves the network as it is.'),
    make: (host, page) => new PickWay(host, page),
  },
  draw: {
    title: say('Draw'),
    help: say('Click or tap to add a point, drag it to move it; Alt and click, or a long press, removes it.'),
    make: (host, page) => new DrawWay(host, page),
  },
  table: {
    title: say('Table'),
    help: say(
      'Paste a table, also from a spreadsheet, or drop a file on the page: a line of names, then numbers.',
    ),
    make: (host, page) => new TableWay(host, page),
  },
  formula: {
    title: say('Formula'),
    help: say('y as a formula of x, or of x1 and x2, at points that you choose.'),
    make: (host, page) => new FormulaWay(host, page),
  },
} as const satisfies Record<string, WayEntry>;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as WayName[];
