/** Data that the person brings become inline data of the configuration. */
import type { Data } from '../../core/config/config.ts';
import { DATA_LEFT_OUT, LONGEST_ADDRESS } from '../links/link.ts';
import type { Offer } from '../shell/notice.ts';
import type { Page } from '../page.ts';
import { saveConfig } from '../shell/download.ts';

export interface OwnData {
  readonly data: Extract<Data, { inline: unknown }>;
  /** Sentences about what was done to them, else empty. */
  readonly notice: string;
}

/** Trains on them from step 0. Rejects, and changes nothing, where they do not fit the network. */
export async function useData(page: Page, { data, notice }: OwnData, ...offers: Offer[]): Promise<void> {
  await page.session.configure({ data });
  page.linkChanged();
  const whole = !location.hash.includes(DATA_LEFT_OUT);
  const kilobytes = LONGEST_ADDRESS / 1024;
  const sentence = `A link holds ${kilobytes} kB and these data are more: save CONFIG.json to keep or pass on the run, and drop it here to open it again.`;
  const saving = { text: 'Save CONFIG.json', run: () => saveConfig(page.session.config()) };
  page.tell(whole ? notice : `${notice} ${sentence}`.trim(), ...offers, ...(whole ? [] : [saving]));
}
