/** Saving the run itself: for the command line, or as a link. */
import { button, make } from '../shell/dom.ts';
import { lacksData } from '../links/link.ts';
import type { Page } from '../page.ts';
import { copyText } from '../shell/copy.ts';
import { bytesText, fileName } from './files.ts';
import { command, configBytes, saveConfig } from './run.ts';
import { rowOf, sectionOf, type Section } from './section.ts';
import { say } from '../say.ts';

const WITHOUT_DATA = say(
  'The link is copied without the data, which are too long for one: save CONFIG.json to pass them on',
);

export class RunSection implements Section {
  readonly element = sectionOf(
    say('Run'),
    say('To run it again, or to send it: the settings hold the seed, so the run is the same.'),
  );
  private readonly config = rowOf(
    button(say('Save CONFIG.json'), () => this.page.act(() => saveConfig(this.page, this.file))),
  );
  private readonly command = make('code', 'save-command');
  private readonly shell = rowOf(
    button(say('Copy command'), () => this.copy(command(this.file), say('The command is copied'))),
  );
  private readonly link = rowOf(
    button(say('Copy link'), () =>
      this.copy(location.href, lacksData(location.hash) ? WITHOUT_DATA : say('The link to this run is copied')),
    ),
  );

  private readonly frame = rowOf(
    button(say('Copy code for a frame'), () =>
      this.copy(frameCode(), say('HTML that shows this run in a frame of another page is copied')),
    ),
  );

  constructor(private readonly page: Page) {
    this.frame.size.textContent = say('the cloud and its buttons, in another page');
    this.element.append(
      this.config.row,
      make('p', 'save-note', say('In a checkout of this program, beside the saved file:')),
      this.command,
      this.shell.row,
      this.link.row,
      this.frame.row,
    );
  }

  refresh(): void {
    const { step } = this.page.session.metrics();
    this.config.size.textContent = `${bytesText(configBytes(this.page))}${step > 0 ? say(', up to step {step}', { step: step.toLocaleString('en') }) : ''}`;
    this.command.textContent = command(this.file);
    this.link.size.textContent = say('{count} characters', {
      count: location.href.length.toLocaleString('en'),
    });
  }

  private get file(): string {
    return fileName(this.page, 'json');
  }

  private copy(text: string, done: string): void {
    this.page.act(async () => {
      await copyText(text);
      this.page.tell(`${done}.`);
    });
  }
}

/**
 * The page's address as a frame in which the cloud and its buttons are all there is; its window's `mckean` is
 * the page for scripts.
 */
function frameCode(): string {
  const address = new URL(location.href);
  const parameters = new URLSearchParams(address.hash.slice(1));
  parameters.set('mode', 'bare');
  address.hash = parameters.toString();
  return `<iframe src="${address.href.replaceAll('&', '&amp;').replaceAll('"', '%22')}" title="mckean: a network as a moving cloud" width="640" height="480" allow="fullscreen" loading="lazy"></iframe>`;
}
