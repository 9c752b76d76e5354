/**
 * The ratios that a table of many rows is read for: the fastest of ours against the fastest of the peers,
 * within the same rounds.
 */
import { ratio, median, type Timing } from './measure.ts';
import type { Case } from './cases.ts';
import type { RunnerInfo } from './runner.ts';

export interface Contender {
  readonly info: RunnerInfo;
  readonly where: string;
  readonly ours: boolean;
  readonly timing: Timing;
}

export interface Duel {
  readonly title: string;
  readonly case: Case;
  readonly ours: string;
  readonly peer: string;
  /** The peer's time over ours: how many times faster ours is. */
  readonly ratio: number;
}

interface Rule {
  readonly ours: (contender: Contender) => boolean;
  readonly peers: (contender: Contender) => boolean;
}

const onWebGpu = ({ info, where }: Contender): boolean => where === 'page' && info.name.includes('webgpu');

const RULES: Readonly<Record<string, Rule>> = {
  'in the page': { ours: ({ where }) => where === 'page', peers: ({ where }) => where === 'page' },
  'direct sums on WebGPU': {
    ours: (contender) => onWebGpu(contender) && /direct/.test(contender.info.method),
    peers: onWebGpu,
  },
  'outside the browser': { ours: ({ where }) => where === 'node', peers: ({ where }) => where === 'python' },
};

export function duelsOf(given: Case, contenders: readonly Contender[]): Duel[] {
  return Object.entries(RULES).flatMap(([title, rule]) => {
    const ours = fastestOf(contenders.filter((contender) => contender.ours && rule.ours(contender)));
    const peer = fastestOf(contenders.filter((contender) => !contender.ours && rule.peers(contender)));
    return ours && peer
      ? [{ title, case: given, ours: nameOf(ours), peer: nameOf(peer), ratio: ratio(peer.timing, ours.timing) }]
      : [];
  });
}

const nameOf = ({ info }: Contender): string => `${info.name}, ${info.method}`;

function fastestOf(contenders: readonly Contender[]): Contender | undefined {
  const ms = contenders.map(({ timing }) => median(timing.rounds));
  return contenders[ms.indexOf(Math.min(...ms))];
}
