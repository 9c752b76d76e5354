/** The data of the run, and what may be changed about any data. */
import type { Data } from '../../core/config/config.ts';
import { DATASETS, type Dataset } from '../../core/datasets.ts';
import { memberOf, mostRows, usualRows } from '../../core/generators/dataset.ts';
import { dataCaption } from '../cloud/caption.ts';
import { make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { checkField, numberField, showValue } from '../settings/fields.ts';
import { MOST_SAMPLES } from '../../experiments/data/formula-samples.ts';
import { say } from '../say.ts';

export class InUse {
  readonly element = make('section', 'data-in-use');
  private readonly sentence = make('p', '');
  private readonly samples = numberField(
    say('samples'),
    { value: 1, min: 1, max: MOST_SAMPLES, step: 1 },
    (samples) => this.change({ samples }),
  );
  private readonly noise = numberField(say('noise'), { value: 0, min: 0 }, (noise) => this.change({ noise }));
  private readonly seed = numberField(say('seed'), { value: 1, min: 0, step: 1 }, (seed) =>
    this.change({ seed }),
  );
  private readonly test = numberField(say('held out %'), { value: 0, min: 0, max: 90, step: 1 }, (percent) =>
    this.change({ test: percent / 100 }),
  );
  private readonly standardize = checkField(say('Standardise every column: mean 0, variance 1'), false, (on) =>
    this.change({ standardize: on }),
  );

  constructor(private readonly page: Page) {
    const fields = make('div', 'data-fields');
    this.element.setAttribute('aria-label', say('Data in use'));
    this.noise.input.title = say('Standard deviation of what is added to y');
    this.test.input.title = say('Share of the rows held out of training, for a test loss in the chart');
    fields.append(this.samples.row, this.noise.row, this.seed.row, this.test.row);
    this.element.append(this.sentence, fields, this.standardize.row);
    page.session.events.addEventListener('replaced', () => this.show());
  }

  show(): void {
    const { prepared } = this.page.session;
    if (!prepared) return;
    const { data } = prepared.config;
    this.sentence.replaceChildren(make('strong', '', say('In use: ')), dataCaption(prepared));
    showValue(this.test, Math.round(100 * (data.test ?? 0)));
    this.standardize.input.checked = data.standardize ?? false;
    const generated = 'dataset' in data;
    for (const field of [this.samples, this.noise, this.seed]) field.row.hidden = !generated;
    if (!generated) return;
    const dataset: Dataset = DATASETS[data.dataset];
    const member = memberOf(dataset, data);
    const most = mostRows(dataset, member);
    this.samples.limit(Number.isFinite(most) ? most : MOST_SAMPLES);
    showValue(this.samples, data.samples ?? usualRows(dataset, member));
    showValue(this.noise, data.noise ?? 0);
    showValue(this.seed, data.seed ?? 1);
  }

  private change(change: {
    samples?: number;
    noise?: number;
    seed?: number;
    test?: number;
    standardize?: boolean;
  }): void {
    const { page } = this;
    page.act(async () => {
      await page.session.configure({ data: { ...page.session.config().data, ...change } satisfies Data });
      page.tell('');
    });
  }
}
