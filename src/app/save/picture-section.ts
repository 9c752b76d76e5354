/** Saving a picture. */
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { saveFile } from '../shell/download.ts';
import { checkField } from '../settings/fields.ts';
import { fileName } from './files.ts';
import { mostSide, png } from './picture.ts';
import { rowOf, sectionOf, type Section } from './section.ts';
import { SizeFields } from './sizes.ts';
import { say } from '../say.ts';

export class PictureSection implements Section {
  readonly element = sectionOf(
    say('Picture'),
    say('The cloud as it is now, for slides and papers; drawn at that size, not scaled up.'),
  );
  private readonly sizes = new SizeFields(() => this.refresh());
  private readonly axes = checkField(say('with axes, step, t, loss and n'), true);
  private readonly line = rowOf(button(say('Save picture (PNG)'), () => this.page.act(() => this.save())));
  private readonly limit = make('p', 'save-note');

  constructor(private readonly page: Page) {
    this.element.append(this.sizes.element, this.axes.row, this.line.row, this.limit);
  }

  refresh(): void {
    const { width, height } = this.sizes.size;
    this.line.size.textContent = say('{width} × {height} pixels', { width, height });
    const most = mostSide(this.page).toLocaleString('en');
    this.limit.textContent =
      this.page.session.engine?.info.name === 'webgpu'
        ? say('This graphics adapter draws up to {most} pixels along a side.', { most })
        : say('This browser draws up to {most} pixels along a side.', { most });
  }

  private async save(): Promise<void> {
    const { size } = this.sizes;
    saveFile(
      fileName(this.page, 'png', `${size.width}x${size.height}`),
      await png(this.page, size, this.axes.input.checked),
    );
  }
}
