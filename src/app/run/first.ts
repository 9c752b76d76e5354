/** The page's first run: what was asked for or, where this machine cannot, as much of it as runs. */
import type { ConfigInput } from '../../core/config/config.ts';
import { CapacityError } from '../../engines/engine.ts';
import { DEFAULT_PRESET, PRESETS } from '../../experiments/presets.ts';
import { say, sayText } from '../say.ts';

interface Wish {
  readonly input: ConfigInput;
  /** What it is, for people who asked for another one. */
  readonly name: string;
}

/** Fewer neurons than that are not worth a try. */
const FEWEST = 2 ** 10;

/** Half as many neurons as were asked for, a quarter, … */
function* halves(input: ConfigInput): Generator<Wish> {
  for (let n = Math.floor((input.model?.width ?? 0) / 2); n >= FEWEST; n = Math.floor(n / 2))
    yield {
      input: { ...input, model: { ...input.model, width: n } },
      name: say('the same with {n} neurons', { n: n.toLocaleString('en') }),
    };
}

/** What to try where all that was asked for cannot run: each is less of it. */
function lesser(input: ConfigInput): Wish[] {
  const { width, ...model } = input.model ?? {};
  const titled = (preset: keyof typeof PRESETS): string =>
    say('the preset “{title}”', { title: sayText(PRESETS[preset].title) });
  const preset = Object.hasOwn(PRESETS, input.preset ?? '')
    ? (input.preset as keyof typeof PRESETS)
    : DEFAULT_PRESET;
  return [
    ...(width === undefined ? [] : [{ input: { ...input, model }, name: say('the same with fewer neurons') }]),
    { input: { preset }, name: titled(preset) },
    { input: { preset: DEFAULT_PRESET }, name: titled(DEFAULT_PRESET) },
    {
      input: { preset: DEFAULT_PRESET, engine: 'cpu', model: { width: 1024 } },
      name: say('{title} on the CPU', { title: titled(DEFAULT_PRESET) }),
    },
  ];
}

/**
 * Opens the first of them that can be opened. Resolves to one sentence where that is not what was asked for, else to an
 * empty one; rejects with what was wrong at first where nothing can be opened.
 */
export async function openFirst(
  open: (input: ConfigInput) => Promise<void>,
  input: ConfigInput,
): Promise<string> {
  const failure = await open(input).then(() => null, asError);
  if (!failure) return '';
  const tooMuch = failure instanceof CapacityError;
  for (const wish of [...(tooMuch ? halves(input) : []), ...lesser(input)])
    try {
      await open(wish.input);
      return say('What was asked for cannot run here: {message}. This is {name}.', {
        message: failure.message.replace(/\.$/, ''),
        name: wish.name,
      });
    } catch {
      // less of it may run
    }
  throw failure;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
