/** Presets and data sets as pictures of their data. */
import { DATASETS, tabulate, type Dataset, type DatasetName, type Table } from '../../core/datasets.ts';
import { PRESET_NAMES, PRESETS } from '../../experiments/presets.ts';
import type { ThemeName } from '../../views/palette.ts';
import { datasetTitle, presetOf } from '../cloud/caption.ts';
import { button, make } from '../shell/dom.ts';
import { FAR } from '../../experiments/data/scaling.ts';
import type { Page } from '../page.ts';
import { drawThumbnail, MOST_DOTS, thumbnail } from './thumbnail.ts';
import type { Way } from './way.ts';
import { say, sayText } from '../say.ts';
import { capital } from '../../core/words/sentence.ts';

interface Tile {
  readonly button: HTMLButtonElement;
  readonly picture: HTMLCanvasElement;
  readonly table: Table;
  /** The run has these data. */
  readonly chosen: () => boolean;
}

export class PickWay implements Way {
  private readonly tiles: Tile[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly page: Page,
  ) {
    const scenes = PRESET_NAMES.map((name) => {
      const {
        title,
        summary,
        config: { data },
      } = PRESETS[name];
      return this.tile(
        sayText(title),
        sayText(summary),
        tableOf(data.dataset),
        () => presetOf(page.session.config()) === name,
        () => page.session.configure({ preset: name }),
      );
    });
    const sets = (Object.keys(DATASETS) as DatasetName[]).map((name) => {
      const { summary, source }: Dataset = DATASETS[name];
      const table = tableOf(name);
      const standardize = table.x.some((value) => Math.abs(value) > FAR);
      const said = sayText(summary);
      const sentence = `${capital(said)}.${source ? say(' Source: {source}.', { source }) : ''}`;
      return this.tile(
        sayText(datasetTitle(name)),
        sentence,
        table,
        () => this.dataset === name,
        () => page.session.configure({ data: { dataset: name, ...(standardize ? { standardize } : {}) } }),
      );
    });
    this.host.append(make('h3', '', say('Scenes')), list(scenes), make('h3', '', say('Data sets')), list(sets));
    page.session.events.addEventListener('replaced', () => this.show());
  }

  show(): void {
    if (!this.page.session.prepared) return;
    for (const tile of this.tiles) tile.button.setAttribute('aria-pressed', String(tile.chosen()));
  }

  setTheme(theme: ThemeName): void {
    for (const { picture, table } of this.tiles) drawThumbnail(picture, table, theme);
  }

  private get dataset(): DatasetName | null {
    const { data } = this.page.session.config();
    return 'dataset' in data ? data.dataset : null;
  }

  private tile(
    title: string,
    sentence: string,
    table: Table,
    chosen: () => boolean,
    use: () => Promise<void>,
  ): HTMLElement {
    const picture = thumbnail(table, this.page.theme);
    const text = make('span', 'tile-text');
    const tile = button('', () =>
      this.page.act(async () => {
        this.page.tell('');
        await use();
      }),
    );
    tile.className = 'tile';
    text.append(make('strong', '', title), make('span', '', sentence));
    tile.append(picture, text);
    this.tiles.push({ button: tile, picture, table, chosen });
    return tile;
  }
}

const tables = new Map<DatasetName, Table>();

/** Rows enough for a picture. */
function tableOf(name: DatasetName): Table {
  const table = tables.get(name) ?? tabulate(name, Math.min(DATASETS[name].samples, MOST_DOTS));
  tables.set(name, table);
  return table;
}

function list(tiles: readonly HTMLElement[]): HTMLElement {
  const element = make('ul', 'tiles');
  element.append(
    ...tiles.map((tile) => {
      const item = make('li', '');
      item.append(tile);
      return item;
    }),
  );
  return element;
}
