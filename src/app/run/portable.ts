/** The run's configuration without files: what they hold stands in it. */
import type { Config } from '../../core/config/config.ts';
import { portable } from '../../experiments/portable.ts';
import type { Session } from './session.ts';

export function portableOf({ prepared }: Pick<Session, 'prepared'>): Config {
  if (!prepared) throw new Error('the page is still loading: await mckean.ready');
  return portable(prepared.config, prepared.source);
}
