/** Data that the person brings become those of the run. */
import type { Data } from '../../core/config/config.ts';
import { lacksData, LONGEST_ADDRESS } from '../links/link.ts';
import type { Offer } from '../shell/notice.ts';
import type { Page } from '../page.ts';
import { saveConfig } from '../save/run.ts';
import { say } from '../say.ts';

export interface OwnData {
  readonly data: Data;
  /** Sentences about what was done to them, else empty. */
  readonly notice: string;
}

/** Trains on them from step 0. Rejects, and changes nothing, where they do not fit the network. */
export async function useData(page: Page, { data, notice }: OwnData, ...offers: Offer[]): Promise<void> {
  await page.session.configure({ data });
  page.linkChanged();
  const said = [notice, ...page.data.files.noted().map((sentence) => `${sentence}.`)].join(' ').trim();
  const whole = !lacksData(location.hash);
  const kilobytes = LONGEST_ADDRESS / 1024;
  const keeping = page.address.kept.isComplete ? say('this tab finds them again when it is reloaded; ') : '';
  const sentence = say(
    'A link holds {kilobytes} kB and these data are more: {keeping}save CONFIG.json to keep or pass on the run, and drop it here to open it again.',
    { kilobytes, keeping },
  );
  const saving = { text: say('Save CONFIG.json'), run: () => page.act(() => saveConfig(page, 'config.json')) };
  page.tell(whole ? said : `${said} ${sentence}`.trim(), ...offers, ...(whole ? [] : [saving]));
}
