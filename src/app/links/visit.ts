/** Opens what an address asks for or, where that cannot run, less of it; the last address counts. */
import type { ConfigInput } from '../../core/config/config.ts';
import type { Page } from '../page.ts';
import { openFirst } from '../run/first.ts';

export class Visit {
  private count = 0;

  constructor(private readonly page: Pick<Page, 'session' | 'still' | 'tell'>) {}

  /** `said`: what the address itself could not say. It plays unless the person wants no motion. */
  async open(input: ConfigInput, said: string): Promise<void> {
    const { session, still } = this.page;
    const mine = ++this.count;
    const open = async (wish: ConfigInput): Promise<void> => {
      if (mine === this.count) await session.open(wish);
    };
    const lesser = await openFirst(open, input);
    if (mine !== this.count) return;
    this.page.tell(`${said} ${lesser}`.trim());
    if (still) await session.pause();
    else await session.play();
  }
}
