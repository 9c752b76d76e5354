/** Samples of a formula that the person writes. */
import {
  MOST_SAMPLES,
  sampleFormula,
  type Rows,
  type Sampling,
} from '../../experiments/data/formula-samples.ts';
import { FUNCTIONS, parseFormula, type Formula } from '../../io/expression.ts';
import type { ThemeName } from '../../views/palette.ts';
import { extent } from '../../views/plots/frame.ts';
import { button, make } from '../shell/dom.ts';
import type { Page } from '../page.ts';
import { span } from '../../views/field/value-colour.ts';
import { PointPlot } from '../../views/plots/points.ts';
import { numberField, radioField } from '../settings/fields.ts';
import { sentenceOf } from '../cloud/words.ts';
import { useData } from './use.ts';
import type { Way } from './way.ts';
import { say } from '../say.ts';

type Placement = 'spaced' | 'drawn';

const FIRST = 'sin 6x + x/2';
const CURVE = 400;

export class FormulaWay implements Way {
  private readonly text = make('input', '');
  private readonly error = make('p', 'data-error');
  private readonly fields = {
    low1: numberField(say('lowest x'), { value: -1 }, () => this.preview()),
    high1: numberField(say('highest'), { value: 1 }, () => this.preview()),
    low2: numberField(say('lowest x2'), { value: -1 }, () => this.preview()),
    high2: numberField(say('highest'), { value: 1 }, () => this.preview()),
    samples: numberField(say('samples m'), { value: 96, min: 1, max: MOST_SAMPLES, step: 1 }, () =>
      this.preview(),
    ),
    noise: numberField(say('noise'), { value: 0, min: 0 }, () => this.preview()),
    seed: numberField(say('seed'), { value: 1, min: 0, step: 1 }, () => this.preview()),
  };
  private placement: Placement = 'spaced';
  private readonly area = make('div', 'plot data-preview');
  private readonly plot: PointPlot;
  private readonly use = button(say('Use this formula'), () => this.page.act(() => this.train()));
  private made: { formula: Formula; rows: Rows } | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly page: Page,
  ) {
    const label = make('label', 'data-formula');
    const ranges = make('div', 'data-fields');
    const more = make('div', 'data-fields');
    const { fields } = this;
    Object.assign(this.text, { type: 'text', value: FIRST, spellcheck: false, autocomplete: 'off' });
    this.text.addEventListener('input', () => this.preview());
    this.text.setAttribute('aria-describedby', 'data-formula-error');
    this.error.id = 'data-formula-error';
    this.error.setAttribute('role', 'alert');
    this.use.className = 'data-use';
    label.append(make('span', '', 'y ='), this.text);
    ranges.append(fields.low1.row, fields.high1.row, fields.low2.row, fields.high2.row);
    more.append(fields.samples.row, fields.noise.row, fields.seed.row);
    this.host.append(
      label,
      this.error,
      this.area,
      this.use,
      ranges,
      more,
      radioField<Placement>(
        say('Points'),
        { spaced: say('evenly spaced, both ends included'), drawn: say('drawn uniformly by the seed') },
        this.placement,
        (placement) => {
          this.placement = placement;
          this.preview();
        },
      ),
      make(
        'p',
        'data-small',
        say(
          'Functions: {functions}; constants pi or π, e; x², √x, |x| and 2πx are read as on paper; log and ln are natural. Noise is the standard deviation of what is added to y.',
          { functions: Object.keys(FUNCTIONS).join(', ') },
        ),
      ),
    );
    this.plot = new PointPlot(this.area, page.theme);
    this.preview();
  }

  show(): void {
    this.preview();
  }

  setTheme(theme: ThemeName): void {
    this.plot.setOptions({ theme });
  }

  private sampling(): Sampling {
    const of = (name: keyof FormulaWay['fields']): number => this.fields[name].number();
    return {
      ranges: [
        [of('low1'), of('high1')],
        [of('low2'), of('high2')],
      ],
      samples: of('samples'),
      spaced: this.placement === 'spaced',
      noise: of('noise'),
      seed: of('seed'),
    };
  }

  /** Reads, samples and draws, or says what is wrong. */
  private preview(): void {
    try {
      const formula = parseFormula(this.text.value);
      const two = formula.inputs === 2;
      for (const field of [this.fields.low2, this.fields.high2]) field.row.hidden = !two;
      this.fields.low1.row.firstElementChild!.textContent = two ? say('lowest x1') : say('lowest x');
      this.made = { formula, rows: sampleFormula(formula, this.sampling()) };
      this.say('');
      this.draw(formula, this.made.rows);
    } catch (error) {
      this.made = null;
      this.say(sentenceOf(error));
    }
  }

  private say(sentence: string): void {
    this.error.textContent = sentence;
    this.text.setAttribute('aria-invalid', String(sentence !== ''));
    this.use.disabled = sentence !== '';
  }

  private draw({ value, inputs }: Formula, { x, y }: Rows): void {
    const across = x.map((row) => row[0]);
    const {
      ranges: [first],
    } = this.sampling();
    const two = inputs === 2;
    const up = two ? x.map((row) => row[1]) : y;
    const at = Float64Array.from(
      { length: CURVE + 1 },
      (_, i) => first[0] + ((first[1] - first[0]) * i) / CURVE,
    );
    const curve = two ? {} : { curve: { x: at, y: at.map((each) => value(each, 0)) } };
    const valueRange = span(y);
    this.plot.show(
      {
        dots: { x: across, y: up, values: two ? y : null },
        ...curve,
        ranges: [extent(across), extent(up, 0.1)],
        valueRange,
        names: two ? ['x1', 'x2'] : ['x', 'y'],
        chosen: -1,
      },
      two
        ? say('{m} samples, coloured by y from {low} to {high}', {
            m: y.length,
            low: valueRange[0].toPrecision(3),
            high: valueRange[1].toPrecision(3),
          })
        : say('{m} samples of the formula, y over x', { m: y.length }),
    );
  }

  private train(): Promise<void> {
    const {
      rows: { x, y },
    } = this.made!;
    const written = this.text.value.trim().replace(/^y\s*=\s*/, '');
    const { samples, noise } = this.sampling();
    return useData(this.page, {
      data: {
        inline: { x, y, title: `y = ${written}${noise > 0 ? say(' with noise {noise}', { noise }) : ''}` },
      },
      notice:
        y.length === samples
          ? ''
          : say('Evenly spaced points of two inputs make a square grid: {m} samples.', { m: y.length }),
    });
  }
}
