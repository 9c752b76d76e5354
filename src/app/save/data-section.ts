/** Saving numbers: the neurons for NumPy, and what the open figures show. */
import { shapeOf } from '../../core/shape.ts';
import { button, make } from '../shell/dom.ts';
import { FIGURES, type FigureName } from '../figures/registry.ts';
import type { Page } from '../page.ts';
import { saveFile } from '../shell/download.ts';
import { csv } from './csv.ts';
import { bytesText, fileName } from './files.ts';
import { npy, npyBytes, thetaShape } from './run.ts';
import { rowOf, sectionOf, type Section } from './section.ts';
import { say } from '../say.ts';

export class DataSection implements Section {
  readonly element = sectionOf(
    say('Numbers'),
    say('For your own analysis: numpy.load reads .npy, any spreadsheet reads CSV.'),
  );
  private readonly theta = rowOf(
    button(say('Save neurons (.npy)'), () =>
      this.page.act(async () => saveFile(fileName(this.page, 'npy', 'theta'), await npy(this.page))),
    ),
  );
  private readonly figures = make('div', '');
  private asked = 0;

  constructor(private readonly page: Page) {
    this.element.append(this.theta.row, this.figures);
  }

  refresh(): void {
    const [n, width] = thetaShape(this.page);
    const { weights } = shapeOf(this.page.session.prepared!.problem);
    this.theta.size.textContent = `θ [${n.toLocaleString('en')}, ${width}], float32${weights > 0 ? say(', w1 first') : ''}: ${bytesText(npyBytes(this.page))}`;
    this.page.act(() => this.list());
  }

  /** A row for each figure that shows something. */
  private async list(): Promise<void> {
    const asked = ++this.asked;
    const rows = await Promise.all(this.page.rack.shown.map((name) => this.row(name)));
    if (asked === this.asked) this.figures.replaceChildren(...rows.flatMap((row) => row ?? []));
  }

  private async row(name: FigureName): Promise<HTMLElement | null> {
    const table = await this.page.rack.table(name);
    if (!table) return null;
    const { row, size } = rowOf(
      button(say('Save {title} (CSV)', { title: FIGURES[name].title }), () =>
        this.page.act(() => this.page.rack.save(name)),
      ),
    );
    const columns = Object.keys(table);
    size.textContent = say('{count} rows of {columns}: {size}', {
      count: table[columns[0]].length.toLocaleString('en'),
      columns: columns.length,
      size: bytesText(csv(table).size),
    });
    return row;
  }
}
