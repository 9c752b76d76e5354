/** The person's own data: a CSV by picker or drop becomes inline data of the configuration. */
import type { ConfigInput } from '../core/config.ts';
import { csvTable, rowMajorRows } from '../experiments/table.ts';
import { parseCsv } from '../io/csv.ts';

const LARGEST = 32 * 2 ** 20;
/** Columns this far from unit scale would saturate every neuron at the start. */
const FAR = 10;

export interface Opened {
  readonly data: NonNullable<ConfigInput['data']>;
  readonly labels: { readonly inputs: readonly string[]; readonly target: string };
  /** One sentence about what was done to it, else empty. */
  readonly notice: string;
}

/** Rejects with a sentence that names the file, and line and column where there is one. */
export async function openCsv(file: File): Promise<Opened> {
  if (file.size > LARGEST) throw new Error(`${file.name}: it has ${file.size} bytes, the page takes ${LARGEST}: use the command line for more`);
  const columns = read(file.name, await file.text());
  const { inputs, target, x, y } = csvTable(columns, file.name);
  const farthest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0), standardize = farthest > FAR;
  const skipped = columns.skipped.length > 0 ? ` Columns without numbers were left out: ${columns.skipped.join(', ')}.` : '';
  const scaled = standardize ? ` Columns were shifted and scaled to mean 0 and variance 1, as values reach ${farthest.toPrecision(3)}.` : '';
  return {
    data: { inline: { x: rowMajorRows(x, inputs.length), y: Array.from(y) }, ...(standardize ? { standardize } : {}) },
    labels: { inputs, target },
    notice: `${file.name}: ${y.length} rows, ${target} from ${inputs.join(', ')}.${scaled}${skipped}`,
  };
}

function read(name: string, text: string): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(text);
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
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
