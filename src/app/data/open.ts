/** The person's files by picker, drop or paste: what they are together, and what is done with them. */
import type { ConfigInput } from '../../core/config/config.ts';
import type { CsvChoice } from '../../core/config/data.ts';
import { JsonError, parseJson } from '../../io/json.ts';
import { readConfig } from '../../core/config/schema.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import type { DataBook } from './book.ts';
import { StoppedError } from './long-work.ts';
import { meeting, remediesOf, textOf } from './remedies.ts';
import { useData } from './use.ts';
import type { Page } from '../page.ts';
import type { Shelf } from '../shell/shelf.ts';
import type { Offer } from '../shell/notice.ts';
import { listed } from '../cloud/caption.ts';
import { sentenceOf } from '../cloud/words.ts';
import { say } from '../say.ts';

/** A clear table simply works, as a CONFIG.json does with the files that it names. */
export async function openFiles(files: readonly File[], page: Page, shelf: Shelf): Promise<void> {
  const of = (ending: RegExp): File[] => files.filter(({ name }) => ending.test(name));
  const [configs, arrays] = [of(/\.json$/i), of(/\.np[yz]$/i)];
  const tables = files.filter((file) => !configs.includes(file) && !arrays.includes(file));
  if (configs.length > 1 || (configs.length === 0 && tables.length > 1))
    return chooseOne(configs.length > 1 ? configs : tables, arrays, page, shelf);
  const keys = await putAll(arrays, page);
  if (configs.length === 1) return openConfig(configs[0], tables, keys, page);
  if (tables.length === 1) return openTable(tables[0], {}, page, shelf);
  return openArrays(keys, page);
}

/** Several of a kind: the person says which. */
function chooseOne(some: readonly File[], others: readonly File[], page: Page, shelf: Shelf): void {
  const open = (file: File): void => page.act(() => openFiles([file, ...others], page, shelf));
  page.tell(
    say(
      '{count} files came together ({names}), and a run is made from one: choose it, or put the tables together in one file.',
      {
        count: some.length,
        names: listed(
          some.map(({ name }) => name),
          (files) => say('{files} files', { files }),
        ),
      },
    ),
    ...some
      .slice(0, 4)
      .map((file) => ({ text: say('Take {name}', { name: file.name }), run: () => open(file) })),
  );
}

async function putAll(files: readonly File[], page: Page): Promise<string[]> {
  const keys: string[] = [];
  for (const file of files) keys.push(await page.data.files.put(file));
  return keys;
}

/** In place of all that was set: the run is the command line's. A summary.json holds a configuration, too. */
async function openConfig(
  file: File,
  tables: readonly File[],
  arrays: readonly string[],
  page: Page,
): Promise<void> {
  const { name } = file;
  await putAll(tables, page);
  try {
    const value = configIn(parseJson(await file.text()) as ConfigInput | { config: ConfigInput });
    const isNamed = typeof value.initial?.npy === 'string' || (value.data && 'npy' in value.data);
    const start = arrays.length === 1 && !isNamed ? { initial: { ...value.initial, npy: arrays[0] } } : {};
    // complete: a width that is not given is the command line's, not one for this machine
    await page.session.open(resolveConfig(readConfig({ ...value, ...start })));
    const from = 'initial' in start ? say(' It starts from θ of {name}.', { name: arrays[0] }) : '';
    page.tell(say('{name} is open.{from}', { name, from }));
  } catch (error) {
    const { message } = error as Error;
    throw new Error(error instanceof JsonError ? `${name}${message}` : `${name}: ${message}`, { cause: error });
  }
}

const configIn = (value: ConfigInput | { config: ConfigInput; encoding?: unknown }): ConfigInput =>
  'config' in value ? value.config : value;

/** Arrays alone: θ of one is where the run starts; x and y are data. */
async function openArrays(keys: readonly string[], page: Page): Promise<void> {
  const [x, y] = ['x', 'y'].map((letter) => keys.find((key) => key.toLowerCase().startsWith(letter)));
  if (keys.length === 2 && x !== undefined && y !== undefined)
    return useData(page, { data: { npy: { x, y } }, notice: say('x of {x}, y of {y}.', { x, y }) });
  const advice = say(
    'a .npy is the θ of a run with these settings, or x and y of data in two files, x….npy and y….npy, that are dropped together',
  );
  if (keys.length > 1)
    throw new Error(say('{count} arrays came together: {advice}', { count: keys.length, advice }));
  try {
    await page.session.configure({ initial: { npy: keys[0] } });
    page.tell(say('The run starts from θ of {name}.', { name: keys[0] }));
  } catch (error) {
    throw new Error(`${sentenceOf(error).replace(/\.$/, '')}; ${advice}`, { cause: error });
  }
}

/** Trains on a table at once; the book of data offers its columns, at once where it is open. */
export async function openTable(file: File, choice: CsvChoice, page: Page, shelf: Shelf): Promise<void> {
  const choose = async (): Promise<void> => {
    const book = await shelf.load<DataBook>('data');
    await shelf.take('data');
    await book.bring(file, choice);
  };
  const columns: Offer = { text: say('Columns…'), run: () => page.act(choose) };
  if (shelf.open === 'data') page.act(choose);
  try {
    await trainOn(file, choice, page, columns);
  } catch (error) {
    if (error instanceof StoppedError) throw error;
    const remedies = remediesOf(error).map((remedy) => ({
      text: textOf(remedy),
      run: () => page.act(() => openTable(file, meeting(choice, remedy), page, shelf)),
    }));
    page.tell(sentenceOf(error), ...remedies, columns);
  }
}

async function trainOn(file: File, choice: CsvChoice, page: Page, ...offers: Offer[]): Promise<void> {
  const csv = await page.data.files.put(file);
  const { inputs, targets, rows, proposal } = await page.data.choose(file, choice);
  const { standardize, why } = proposal;
  const scaled = standardize
    ? say(' Columns were shifted and scaled to mean 0 and variance 1, as {why}.', { why })
    : '';
  const target = listed(targets, (count) => say('{count} outputs', { count }));
  const from = listed(inputs);
  page.data.files.noted();
  const data = { csv, ...choice, ...(standardize && { standardize }) };
  const notice = say('{csv}: {rows} rows, {target} from {from}.{scaled}', {
    csv,
    rows: rows.toLocaleString('en'),
    target,
    from,
    scaled,
  });
  await useData(page, { data, notice }, ...offers);
}
