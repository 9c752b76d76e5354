/** What a kept picture shows, in a line. */
import type { Config } from '../../core/config/config.ts';
import { featuresText } from '../../core/features/features.ts';
import type { Metrics } from '../run/metrics.ts';
import { say } from '../say.ts';

export function captionOf(
  { step, loss, n }: Pick<Metrics, 'step' | 'loss' | 'n'>,
  { preset, model, parameterization, initial }: Config,
): string {
  const scaling = typeof parameterization === 'string' ? parameterization : JSON.stringify(parameterization);
  return [
    ...(preset === undefined ? [] : [preset]),
    featuresText(model),
    scaling,
    `n = ${n.toLocaleString('en')}`,
    say('seed {seed}', { seed: initial.seed }),
    say('step {step}', { step: step.toLocaleString('en') }),
    say('loss {loss}', { loss: loss.toPrecision(3) }),
  ].join(', ');
}
