/** The page's address: what it asks for as the page opens, what it says of the run, and another that is typed there. */
import { sameJson } from '../../core/words/json.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { KeptData } from './kept-data.ts';
import { formatLink, parseLink, type Link } from './link.ts';
import type { TabStore } from './tab-store.ts';

export class Address {
  readonly kept: KeptData;
  /** What it asked for as the page came. */
  readonly first: Link;
  /** Another page comes in this one's place: the address is that one's. */
  private leaving = false;

  constructor(tab: TabStore) {
    this.kept = new KeptData(tab);
    this.first = this.read(location.hash);
  }

  /**
   * Hands over another link in this tab, or a step back in its history; where more than the run is another, a
   * new page comes. The run that goes on may have written its own link by then: the event's counts.
   */
  listen(open: (link: Link) => void): void {
    addEventListener('hashchange', ({ newURL }) => {
      const { hash } = new URL(newURL);
      const link = this.read(hash);
      if (sameJson(link.view, this.first.view)) return open(link);
      this.leaving = true;
      history.replaceState(null, '', hash || '#');
      location.reload();
    });
  }

  /** Says the run and what is shown of it. */
  write(prepared: Prepared): void {
    if (this.leaving) return;
    const link = formatLink(prepared.config, this.first.view, prepared.source);
    if (link === location.hash) return;
    history.replaceState(null, '', link); // browsers allow a few a second
    this.kept.note(link, prepared);
  }

  private read(hash: string): Link {
    return parseLink(hash, (link) => this.kept.of(link));
  }
}
