/** A named configuration that is worth looking at. */
import type { Config, ConfigInput } from '../core/config/config.ts';

export interface Preset {
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Half-height of the cloud's picture in units of θ, where the cloud outgrows its start. */
  readonly reach?: number;
  readonly config: ConfigInput & { readonly data: Config['data'] };
}
