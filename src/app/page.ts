/** What every part of the page may use of it. */
import type { Platform } from '../engines/select.ts';
import type { ThemeName } from '../views/palette.ts';
import type { TwinSlot } from './compare/slot.ts';
import type { PageData } from './data/page-data.ts';
import type { Rack } from './figures/rack.ts';
import type { Offer } from './shell/notice.ts';
import type { Opener } from './run/opening.ts';
import type { Session } from './run/session.ts';
import type { PageCloud } from './cloud/page-cloud.ts';
import type { Address } from './links/address.ts';
import type { Viewpoint } from './cloud/viewpoint.ts';
import type { View } from './links/view.ts';

export interface Page {
  readonly session: Session;
  readonly opener: Opener;
  readonly cloud: PageCloud;
  /** Along which axes, in which colours. */
  readonly viewpoint: Viewpoint;
  /** The run beside the page's own. */
  readonly twin: TwinSlot;
  /** The figures beside the cloud. */
  readonly rack: Rack;
  readonly platform: Platform;
  /** What the person has brought. */
  readonly data: PageData;
  readonly address: Address;
  readonly theme: ThemeName;
  /** True where the person wants no motion that they did not start. */
  readonly still: boolean;
  /** What the address says beside the run; `linkChanged` after a change. */
  readonly view: View;
  /** One sentence for the person, and buttons beside it; '' takes the last one away. */
  tell(sentence: string, ...offers: Offer[]): void;
  /** Does what a control asks; a failure is told in one sentence. */
  act(work: () => Promise<unknown>): void;
  /** The address no longer says what is shown: write it again. */
  linkChanged(): void;
}
