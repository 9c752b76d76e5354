/** What the reader expects before a chapter's run shows it: a slope in n, or a curve in t. */
import type { ChapterId } from './ids.ts';
import { say } from '../say.ts';

/** How far neurons have come after some steps, by the width. */
export interface SlopePrediction {
  readonly kind: 'slope';
  readonly question: string;
  readonly widths: readonly number[];
  readonly steps: number;
}

/** The loss of the chapter's scene over that of its start. */
export interface CurvePrediction {
  readonly kind: 'curve';
  readonly question: string;
  readonly width: number;
  /** Where the curve ends; its handles are evenly spaced up to there. */
  readonly t: number;
}

export type Prediction = SlopePrediction | CurvePrediction;

const WIDTHS = [256, 1024, 4096, 16384];

export const PREDICTIONS: Partial<Record<ChapterId, Prediction>> = {
  ntk: {
    kind: 'slope',
    question: say(
      'How does the way that neurons have come by step 20 depend on n? Turn the line, then measure.',
    ),
    widths: WIDTHS,
    steps: 20,
  },
  'mean-field': {
    kind: 'slope',
    question: say('And here: how does the way that neurons have come by step 20 depend on n?'),
    widths: WIDTHS,
    steps: 20,
  },
  'mckean-vlasov': {
    kind: 'curve',
    question: say('How will the loss fall? Draw its curve from t = 0 to 200, then run it.'),
    width: 1024,
    t: 200,
  },
};
