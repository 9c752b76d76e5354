/** Why a run does not do what one waits for: reasons found in the run itself, the strongest first. */
import { short } from './numbers.ts';
import { say } from '../say.ts';

/** What a run says of itself. */
export interface Facts {
  readonly step: number;
  readonly loss: number;
  readonly loss0: number;
  /** NaN where the loss does not tell it. */
  readonly r2: number;
  readonly dt: number;
  /** The longest stable step where it is; 0 where numbers are too large to tell. */
  readonly stable: number;
  readonly isEuler: boolean;
  readonly temperature: number;
  /** Whether a penalty or decay pulls at the weights. */
  readonly isPulled: boolean;
  /** Layers that stand still. */
  readonly frozen: readonly string[];
  /** n^(κ − a): what a neuron's speed is multiplied by. */
  readonly speed: number;
  /** r of the parameterization: above 0 features are those of the start as n grows. */
  readonly exponent: number;
  readonly n: number;
  /** Root mean square |b| of the neurons now, and at step 0; NaN where it is not kept. */
  readonly drift: number;
  readonly drift0: number;
  /** Way of the neurons from their start over their size there. */
  readonly way: number;
  /** ‖K − K_0‖ / ‖K_0‖ of some neurons. */
  readonly kernel: number;
}

export const WHYS = {
  loss: { question: say('Why does the loss not fall any more?'), reasons: lossReasons },
  kernel: { question: say('Why is the kernel K flat?'), reasons: kernelReasons },
  cloud: { question: say('Why do the points hardly move?'), reasons: cloudReasons },
} as const satisfies Record<string, { question: string; reasons: (facts: Facts) => string[] }>;

export type WhyName = keyof typeof WHYS;

const SOLVED = 0.995;
const STILL = 0.05;
const BEGUN = say('The run stands at step 0: press Play, and ask again.');

function lossReasons(facts: Facts): string[] {
  const { step, loss, loss0, r2, dt, stable, isEuler, temperature, isPulled, frozen, drift, drift0 } = facts;
  if (step === 0) return [BEGUN];
  const reasons: string[] = [];
  if (loss > loss0)
    reasons.push(
      isEuler && dt > stable
        ? say('It grows: the step dt = {dt} is above {stable}, and every step overshoots.', {
            dt: short(dt),
            stable:
              stable > 0
                ? say('{stable}, the longest that is stable here', { stable: short(stable) })
                : say('what is stable'),
          })
        : say('It is above that of the start, {loss} against {loss0}.', {
            loss: short(loss),
            loss0: short(loss0),
          }),
    );
  if (r2 > SOLVED) reasons.push(say('There is hardly anything left to learn: R² is {r2}.', { r2: short(r2) }));
  if (temperature > 0)
    reasons.push(
      say('Noise of temperature τ = {temperature} shakes the neurons, and keeps the loss above a floor.', {
        temperature: short(temperature),
      }),
    );
  if (isPulled)
    reasons.push(say('Decay or a penalty pulls the weights back: it rests where that and the loss balance.'));
  if (frozen.length > 0)
    reasons.push(
      frozen.length > 1
        ? say('{layers} stand still: only the rest can learn.', { layers: frozen.join(say(' and ')) })
        : say('{layer} stands still: only the rest can learn.', { layer: frozen[0] }),
    );
  if (drift < STILL * drift0 && !(r2 > SOLVED))
    reasons.push(
      say(
        'It is on a plateau: the neurons’ speed |b| is {drift}, {percent} % of that at the start. It falls again when some neurons have turned to where the residual is.',
        { drift: short(drift), percent: short((100 * drift) / drift0) },
      ),
    );
  if (reasons.length === 0)
    reasons.push(
      say('It falls: it is {percent} % of that at the start, and neurons move.', {
        percent: short((100 * loss) / loss0),
      }),
    );
  return reasons;
}

function kernelReasons(facts: Facts): string[] {
  const { step, kernel, way, exponent, n, frozen, speed } = facts;
  if (step === 0) return [BEGUN];
  const changed = say('K has changed by {percent} % since the start', { percent: short(100 * kernel) });
  if (kernel > STILL)
    return [
      say('It is not flat: {changed}, and the neurons have come {way} % of their size.', {
        changed,
        way: short(100 * way),
      }),
    ];
  const reasons = [
    say('{changed}, since the neurons that make it have come {way} % of their size.', {
      changed,
      way: short(100 * way),
    }),
  ];
  if (exponent > 0)
    reasons.push(
      say(
        'In this parameterization a neuron moves by n^(−{exponent}) = {way} at n = {n}: with four times the neurons, {times} times less.',
        {
          exponent: short(exponent),
          way: short(n ** -exponent),
          n: n.toLocaleString('en'),
          times: short(4 ** exponent),
        },
      ),
    );
  else if (speed < 1)
    reasons.push(say('The neurons’ speed has the factor {speed} here.', { speed: short(speed) }));
  if (frozen.length > 0)
    reasons.push(
      frozen.length > 1
        ? say('{layers} stand still.', { layers: frozen.join(say(' and ')) })
        : say('{layer} stands still.', { layer: frozen[0] }),
    );
  return reasons;
}

function cloudReasons(facts: Facts): string[] {
  const { step, way, exponent, n, r2, frozen } = facts;
  if (step === 0) return [BEGUN];
  if (way > STILL)
    return [
      say('They do: they have come {way} % of their size by step {step}.', {
        way: short(100 * way),
        step: step.toLocaleString('en'),
      }),
    ];
  const reasons: string[] = [];
  if (exponent > 0)
    reasons.push(
      say(
        'Each has to move by n^(−{exponent}) = {way} only: there are {n} of them, all move in the direction that helps, and their shares add up.',
        { exponent: short(exponent), way: short(n ** -exponent), n: n.toLocaleString('en') },
      ),
    );
  if (frozen.length > 0)
    reasons.push(
      frozen.length > 1
        ? say('{layers} stand still.', { layers: frozen.join(say(' and ')) })
        : say('{layer} stands still.', { layer: frozen[0] }),
    );
  if (r2 > SOLVED) reasons.push(say('What they were to learn is learned: R² is {r2}.', { r2: short(r2) }));
  if (reasons.length === 0)
    reasons.push(
      say('They have come {way} % of their size in {step} steps: wait.', {
        way: short(100 * way),
        step: step.toLocaleString('en'),
      }),
    );
  return reasons;
}
