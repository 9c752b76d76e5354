/** Saving a film. */
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { saveFile } from '../shell/download.ts';
import { choiceField, numberField, checkField } from '../settings/fields.ts';
import { bytesText, fileName } from './files.ts';
import { checkPlan, film, filmRefusal, framesOf, type FilmPlan } from './film.ts';
import { FILM_FORMATS, type FilmFormat } from './formats.ts';
import { checkSize, mostSide } from './picture.ts';
import { rowOf, sectionOf, type Section } from './section.ts';
import { SizeFields } from './sizes.ts';
import { sentenceOf } from '../cloud/words.ts';
import { say } from '../say.ts';

export class FilmSection implements Section {
  readonly element = sectionOf(
    say('Film'),
    say(
      'The run from now on, for lectures and messages. Each frame waits for its steps, so the film is the same on any machine.',
    ),
  );
  private readonly sizes = new SizeFields(() => this.refresh());
  private readonly seconds = numberField(say('Seconds'), { value: 5, min: 0.1, step: 0.1 });
  private readonly rate = numberField(say('Frames a second'), { value: 30, min: 1, step: 1 });
  private readonly steps = numberField(say('Steps a frame'), { value: 1, min: 1, step: 1 });
  private readonly format = choiceField(say('Format'), FILM_FORMATS);
  private readonly axes = checkField(say('with axes, step, t, loss and n'), true);
  private readonly line = rowOf(button(say('Make film'), () => this.page.act(() => this.toggle())));
  private readonly start = this.line.row.querySelector('button')!;
  private readonly progress = make('progress', '');
  private readonly state = make('p', 'save-note');
  private running: AbortController | null = null;

  constructor(private readonly page: Page) {
    const refusal = filmRefusal();
    const fields = make('div', 'save-fields');
    this.progress.setAttribute('aria-label', say('Progress of the film'));
    this.state.setAttribute('role', 'status');
    this.progress.hidden = true;
    fields.append(this.seconds.row, this.rate.row, this.steps.row, this.format.row);
    fields.addEventListener('input', () => this.refresh());
    if (refusal) this.element.append(make('p', 'save-note', refusal));
    else
      this.element.append(this.sizes.element, fields, this.axes.row, this.line.row, this.progress, this.state);
  }

  refresh(): void {
    if (this.running) return;
    const { plan } = this;
    const frames = framesOf(plan);
    const last = this.page.session.metrics().step + (frames - 1) * plan.steps;
    this.line.size.textContent = say('{frames} frames, to step {last}', {
      frames: frames.toLocaleString('en'),
      last: last.toLocaleString('en'),
    });
  }

  close(): void {
    this.running?.abort();
  }

  private get plan(): FilmPlan {
    return {
      ...this.sizes.size,
      seconds: this.seconds.number(),
      rate: this.rate.number(),
      steps: this.steps.number(),
      axes: this.axes.input.checked,
      format: this.format.input.value as FilmFormat,
    };
  }

  private async toggle(): Promise<void> {
    if (this.running) return this.running.abort();
    const { plan } = this;
    const frames = framesOf(plan);
    checkFilm(plan, this.page);
    const running = (this.running = new AbortController());
    this.busy(true);
    this.state.textContent = say('Filming.');
    try {
      const blob = await film(this.page, plan, running.signal, (frame) => {
        this.progress.value = frame / frames;
        this.line.size.textContent = say('frame {frame} of {frames}', { frame, frames }); // beside what is read aloud: frames are many
      });
      saveFile(fileName(this.page, plan.format, `${plan.width}x${plan.height}`), blob);
      this.state.textContent = say('Saved {frames} frames, {size}.', { frames, size: bytesText(blob.size) });
    } catch (error) {
      this.state.textContent = running.signal.aborted ? say('Cancelled.') : sentenceOf(error);
    } finally {
      this.running = null;
      this.busy(false);
      this.refresh();
    }
  }

  private busy(on: boolean): void {
    this.start.textContent = on ? say('Cancel') : say('Make film');
    this.progress.hidden = !on;
    this.progress.value = 0;
  }
}

function checkFilm(plan: FilmPlan, page: Page): void {
  checkPlan(plan);
  checkSize(plan, mostSide(page));
}
