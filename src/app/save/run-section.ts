/** Saving the run itself: for the command line, or as a link. */
import { button, make } from '../dom.ts';
import { DATA_LEFT_OUT } from '../link.ts';
import type { Page } from '../page.ts';
import { saveFile } from '../save.ts';
import { bytesText, fileName } from './files.ts';
import { command, configText } from './run.ts';
import { rowOf, sectionOf, type Section } from './section.ts';

const WITHOUT_DATA = 'The link is copied without the data, which are too long for one: save CONFIG.json to pass them on';

export class RunSection implements Section {
  readonly element = sectionOf('Run', 'To run it again, or to send it: the settings hold the seed, so the run is the same.');
  private readonly config = rowOf(button('Save CONFIG.json', () => saveFile(this.file, new Blob([configText(this.page)], { type: 'application/json' }))));
  private readonly command = make('code', 'save-command');
  private readonly shell = rowOf(button('Copy command', () => this.copy(command(this.file), 'The command is copied')));
  private readonly link = rowOf(button('Copy link', () => this.copy(location.href, location.hash.includes(DATA_LEFT_OUT) ? WITHOUT_DATA : 'The link to this run is copied')));

  constructor(private readonly page: Page) {
    this.element.append(this.config.row, make('p', 'save-note', 'In a checkout of this program, beside the saved file:'), this.command, this.shell.row, this.link.row);
  }

  refresh(): void {
    const { step } = this.page.session.metrics();
    this.config.size.textContent = `${bytesText(new TextEncoder().encode(configText(this.page)).length)}${step > 0 ? `, up to step ${step.toLocaleString('en')}` : ''}`;
    this.command.textContent = command(this.file);
    this.link.size.textContent = `${location.href.length.toLocaleString('en')} characters`;
  }

  private get file(): string {
    return fileName(this.page, 'json');
  }

  private copy(text: string, done: string): void {
    this.page.act(async () => {
      await navigator.clipboard.writeText(text);
      this.page.tell(`${done}.`);
    });
  }
}
