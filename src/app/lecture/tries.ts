/** What each chapter lets one try: buttons that set the scene, draw it anew, run it, and stop where the text says. */
import type { ConfigInput } from '../../core/config/config.ts';
import type { Goal } from '../run/goal.ts';
import type { ChapterId } from './ids.ts';
import { say } from '../say.ts';

export interface Try {
  readonly label: string;
  /** Laid on the chapter's scene, which is drawn anew. */
  readonly set?: ConfigInput;
  /** Laid on the run as it stands, whose weights stay. */
  readonly keeps?: true;
  /** Another draw at each press: the next seed. */
  readonly redraws?: true;
  /** Where it stops; null: at once. */
  readonly stop: Goal | null;
}

const at = (step: number): Goal => ({ condition: 'step', value: step });
const neurons = (n: number, stop: Goal): Try => ({
  label: say('{n} neurons', { n: n.toLocaleString('en') }),
  set: { model: { width: n } },
  stop,
});

export const TRIES = {
  ntk: [neurons(1024, at(50)), neurons(16384, at(50))],
  naive: [neurons(256, at(200)), neurons(4096, at(200)), neurons(16384, at(60))],
  'mean-field': [neurons(1024, at(200)), neurons(16384, at(200))],
  abc: [
    { label: 'μP', set: { model: { width: 4096 } }, stop: at(200) },
    {
      label: say('then mean-field, the weights kept'),
      set: { parameterization: 'mean-field' },
      keeps: true,
      stop: null,
    },
    {
      label: say('mean-field, drawn anew'),
      set: { parameterization: 'mean-field', model: { width: 4096 } },
      stop: at(200),
    },
  ],
  measure: [neurons(256, at(100)), neurons(4096, at(100)), neurons(65536, at(100))],
  'mckean-vlasov': [{ label: say('to t = 400'), set: {}, stop: { condition: 't', value: 400 } }],
  chaos: [
    { ...neurons(1024, at(100)), label: say('another draw of 1,024'), redraws: true },
    { ...neurons(16384, at(100)), label: say('another draw of 16,384'), redraws: true },
  ],
  pde: [neurons(256, at(60)), neurons(16384, at(60))],
  papers: [{ label: say('to R² = 0.95'), set: {}, stop: { condition: 'r2', value: 0.95 } }],
} as const satisfies Record<ChapterId, readonly Try[]>;

export const triesOf = (id: ChapterId): readonly Try[] => TRIES[id];
