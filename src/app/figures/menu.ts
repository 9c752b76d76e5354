/** The menu of figures: a box to tick for each. */
import { make } from '../shell/dom.ts';
import './menu.css';
import { FIGURE_NAMES, FIGURES, type FigureName } from './registry.ts';
import { say } from '../say.ts';

export class FigureMenu {
  readonly element = make('details', 'figure-menu');
  private readonly boxes: Readonly<Record<FigureName, HTMLInputElement>>;

  /** `choose` is called with the names that are ticked. */
  constructor(choose: (names: readonly FigureName[]) => void) {
    const group = make('fieldset', '');
    const legend = make('legend', 'visually-hidden', say('Figures beside the cloud'));
    this.boxes = Object.fromEntries(
      FIGURE_NAMES.map((name) => {
        const box = make('input', '');
        const label = make('label', '');
        const words = make('span', '', FIGURES[name].title);
        box.type = 'checkbox';
        box.name = name;
        box.addEventListener('change', () => choose(FIGURE_NAMES.filter((other) => this.boxes[other].checked)));
        words.append(make('small', '', FIGURES[name].summary));
        label.append(box, words);
        group.append(label);
        return [name, box];
      }),
    ) as Record<FigureName, HTMLInputElement>;
    group.prepend(legend);
    this.element.append(make('summary', '', say('Figures')), group);
  }

  show(names: readonly FigureName[]): void {
    for (const name of FIGURE_NAMES) this.boxes[name].checked = names.includes(name);
  }
}
