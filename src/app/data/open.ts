/**
 * The person's files by picker or drop: a CSV becomes inline data of the configuration, a CONFIG.json is the
 * configuration.
 */
import { csvTable, rowMajorRows } from '../../experiments/table.ts';
import { parseCsv, type Columns } from '../../io/csv.ts';
import type { DataBook } from './book.ts';
import { useData, type OwnData } from './use.ts';
import type { Page } from '../page.ts';
import type { Shelf } from '../shell/shelf.ts';
import { sentenceOf } from '../cloud/words.ts';

const LARGEST = 32 * 2 ** 20;
/** Columns this far from unit scale would saturate every neuron at the start. */
const FAR = 10;

/** A clear CSV simply works; the book of data offers its columns, at once where it is open. */
export async function openFile(file: File, page: Page, shelf: Shelf): Promise<void> {
  if (/\.json$/i.test(file.name)) return openConfig(file, page);
  const choose = async (): Promise<void> => {
    (await shelf.load<DataBook>('data')).bring(file.name, await textOf(file));
    await shelf.take('data');
  };
  const columns = { text: 'Columns…', run: () => page.act(choose) };
  if (shelf.open === 'data') page.act(choose);
  try {
    await useData(page, ownData(file.name, readColumns(file.name, await textOf(file))), columns);
  } catch (error) {
    page.tell(sentenceOf(error), ...(file.size > LARGEST ? [] : [columns]));
  }
}

async function openConfig(file: File, page: Page): Promise<void> {
  const text = await textOf(file);
  try {
    await page.session.configure(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file.name}: ${(error as Error).message}`, { cause: error });
  }
  page.tell(`${file.name} is open.`);
}

/** Rejects where it is too long for a page. */
function textOf(file: File): Promise<string> {
  if (file.size > LARGEST)
    return Promise.reject(
      new Error(
        `${file.name}: it has ${file.size} bytes, the page takes ${LARGEST}: use the command line for more`,
      ),
    );
  return file.text();
}

/** What a column without a name is called. */
const UNNAMED = 'unnamed';

/** Errors name the file, and line and column where there is one. */
export function readColumns(name: string, text: string, leave: readonly string[] = []): Columns {
  try {
    const columns = parseCsv(text, leave);
    return { ...columns, names: columns.names.map((column) => column || UNNAMED) };
  } catch (error) {
    throw Object.assign(error as Error, { message: `${name}: ${(error as Error).message}` });
  }
}

/** What speaks for shifting and scaling columns: `reach` is the largest |value|. */
export function scaling(x: Float64Array): { readonly standardize: boolean; readonly reach: number } {
  const reach = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { standardize: reach > FAR, reach };
}

/** All columns but the last are inputs, scaled where they are far from unit scale. */
function ownData(name: string, columns: Columns): OwnData {
  const { inputs, target, x, y } = csvTable(columns, name);
  const { standardize, reach } = scaling(x);
  const skipped =
    columns.skipped.length > 0 ? ` Columns without numbers were left out: ${columns.skipped.join(', ')}.` : '';
  const scaled = standardize
    ? ` Columns were shifted and scaled to mean 0 and variance 1, as values reach ${reach.toPrecision(3)}.`
    : '';
  return {
    data: {
      inline: { x: rowMajorRows(x, inputs.length), y: Array.from(y), names: inputs, target, title: name },
      ...(standardize ? { standardize } : {}),
    },
    notice: `${name}: ${y.length} rows, ${target} from ${inputs.join(', ')}.${scaled}${skipped}`,
  };
}

/** Picker and drop zone; `onFile` gets each file. */
export function bindFiles(picker: HTMLInputElement, zone: HTMLElement, onFile: (file: File) => void): void {
  picker.addEventListener('change', () => {
    const file = picker.files?.[0];
    if (file) onFile(file);
    picker.value = '';
  });
  const show = (visible: boolean) => (event: DragEvent) => {
    event.preventDefault();
    zone.hidden = !visible;
  };
  addEventListener('dragover', show(true));
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) zone.hidden = true;
  });
  addEventListener('drop', (event) => {
    show(false)(event);
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  });
}
