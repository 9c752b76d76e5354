/** Saving a picture. */
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { saveFile } from '../shell/download.ts';
import { checkField } from '../settings/fields.ts';
import { fileName } from './files.ts';
import { mostSide, png } from './picture.ts';
import { rowOf, sectionOf, type Section } from './section.ts';
import { SizeFields } from './sizes.ts';

export class PictureSection implements Section {
  readonly element = sectionOf(
    'Picture',
    'The cloud as it is now, for slides and papers; drawn at that size, not scaled up.',
  );
  private readonly sizes = new SizeFields(() => this.refresh());
  private readonly axes = checkField('with axes, step, t, loss and n', true);
  private readonly line = rowOf(button('Save picture (PNG)', () => this.page.act(() => this.save())));
  private readonly limit = make('p', 'save-note');

  constructor(private readonly page: Page) {
    this.element.append(this.sizes.element, this.axes.row, this.line.row, this.limit);
  }

  refresh(): void {
    const { width, height } = this.sizes.size;
    const name = this.page.session.engine?.info.name === 'webgpu' ? 'graphics adapter' : 'browser';
    this.line.size.textContent = `${width} × ${height} pixels`;
    this.limit.textContent = `This ${name} draws up to ${mostSide(this.page).toLocaleString('en')} pixels along a side.`;
  }

  private async save(): Promise<void> {
    const { size } = this.sizes;
    saveFile(
      fileName(this.page, 'png', `${size.width}x${size.height}`),
      await png(this.page, size, this.axes.input.checked),
    );
  }
}
