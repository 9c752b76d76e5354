/** Width and height in pixels: a usual size, or one's own. */
import { make } from '../shell/dom.ts';
import { choiceField, numberField } from '../settings/fields.ts';
import type { Size } from './picture.ts';
import { say } from '../say.ts';

const USUAL = ['1920 × 1080', '1280 × 720', '3840 × 2160', '1080 × 1080'] as const;
const OWN = 'own';

export class SizeFields {
  readonly element = make('div', 'save-fields');
  private readonly usual = choiceField(say('Size in pixels'), {
    ...Object.fromEntries(USUAL.map((text) => [text, text])),
    [OWN]: say('another size'),
  });
  private readonly width = numberField(say('Width'), { value: 1920, min: 16, step: 1 });
  private readonly height = numberField(say('Height'), { value: 1080, min: 16, step: 1 });

  constructor(changed: () => void) {
    this.element.append(this.usual.row, this.width.row, this.height.row);
    this.usual.input.addEventListener('change', () => {
      const { value } = this.usual.input;
      if (value !== OWN) [this.width.input.value, this.height.input.value] = value.split(' × ');
      this.showOwn();
    });
    this.element.addEventListener('input', changed);
    this.showOwn();
  }

  get size(): Size {
    return { width: this.width.number(), height: this.height.number() };
  }

  private showOwn(): void {
    this.width.row.hidden = this.height.row.hidden = this.usual.input.value !== OWN;
  }
}
