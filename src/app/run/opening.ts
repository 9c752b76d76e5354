/**
 * Opens what the page runs: configuration → numbers → engine, with a width that suits the machine where nobody
 * asked for one.
 */
import { ConfigError, mergeConfig, type Config, type ConfigInput } from '../../core/config/config.ts';
import { needsLoss } from '../../core/schedules.ts';
import { isCpu, type Engine, type Theta } from '../../engines/engine.ts';
import { compileAhead, openEngine, wantsCpu, type Platform } from '../../engines/select.ts';
import { BOUNDS, measureSpeed, widthFor, type Speed } from '../../experiments/calibrate.ts';
import { prepare, type Prepared } from '../../experiments/prepare.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import type { Files } from '../../experiments/table.ts';

/** Milliseconds. */
const TUNE_AFTER = 5000;

/**
 * Neurons whose drawing takes as long as a shader's compilation, and those by which shaders for them are
 * chosen.
 */
const MANY = 2 ** 17;
const SAMPLE = 2 ** 10;

/** One configuration at work. */
export interface Running {
  /** As asked for, with the width that was chosen. */
  readonly input: ConfigInput;
  readonly prepared: Prepared;
  readonly engine: Engine;
  /** One clause: why this engine. */
  readonly why: string;
  /** The state from which the engine's steps lead to the current one. */
  readonly origin: Origin;
}

/** One sentence where WebGPU was not to be had, else empty. */
export const fallbackOf = ({ engine, prepared, why }: Running): string =>
  isCpu(engine.info.name) && !wantsCpu(prepared.config.engine) ? `The CPU computes: ${why}.` : '';

export interface Origin {
  readonly theta: Theta;
  readonly step: number;
}

export class Opener {
  /** One sentence about the width that was chosen last, else empty. */
  notice = '';
  private speed: Speed | null = null;

  constructor(private readonly platform: Platform) {}

  /**
   * A new engine: at a new draw, or going on from an origin (another parameterization, integrator or engine).
   */
  async open(input: ConfigInput, going: Origin | null): Promise<Running> {
    const config = resolveConfig(input);
    const drawn = config.initial.npy === undefined && !going;
    const free = input.model?.width === undefined && drawn;
    // what is wrong shows itself below
    if (drawn && !free && config.model.width >= MANY) void this.compileAhead(config).catch(() => undefined);
    if (needsLoss(config.dynamics.schedule))
      throw new ConfigError(
        'dynamics.schedule.dt = { "law": "over-loss" } is for the command line, which tells its t: give another law',
      );
    const first = await prepare(config, NO_FILES);
    const n = free ? await this.chooseWidth(first, config) : first.problem.n;
    const prepared =
      n === first.problem.n
        ? first
        : await prepare({ ...config, model: { ...config.model, width: n } }, NO_FILES);
    const running = await this.reopen({
      input: mergeConfig(input, { model: { width: n } }),
      prepared,
      origin: going ?? { theta: prepared.problem.theta, step: 0 },
    });
    this.notice = free && this.speed ? widthNotice(this.speed, n) : '';
    return running;
  }

  /** While many neurons are drawn, the GPU's compiler works for them. */
  private async compileAhead(config: Config): Promise<void> {
    const { problem } = await prepare({ ...config, model: { ...config.model, width: SAMPLE } }, NO_FILES);
    await compileAhead(config, { ...problem, n: config.model.width }, this.platform);
  }

  /** Another engine for the same problem, standing at its origin; as configured, or the one that is named. */
  async reopen(
    { input, prepared, origin }: Pick<Running, 'input' | 'prepared' | 'origin'>,
    named: Config['engine'] = prepared.config.engine,
  ): Promise<Running> {
    const wish = { ...prepared.config, engine: named };
    const { engine, why } = await openEngine(wish, prepared.problem, this.platform);
    if (origin.theta !== prepared.problem.theta) await engine.restore(origin.theta, origin.step);
    this.tuneLater(engine);
    return { input, prepared, engine, why, origin };
  }

  /**
   * A run that lasts is worth a trial of how the adapter is best used, for engines to come; it is made between
   * steps, and changes no bit.
   */
  private tuneLater(engine: Engine): void {
    const { tunings } = this.platform;
    if (tunings && engine.tune)
      // the engine may be gone by then
      setTimeout(() => void engine.tune?.(tunings).catch(() => undefined), TUNE_AFTER);
  }

  private async chooseWidth({ problem }: Prepared, config: Config): Promise<number> {
    this.speed ??= await measureSpeed(
      problem,
      async (tried) => (await openEngine(config, tried, this.platform)).engine,
    );
    return widthFor(this.speed, problem.m);
  }
}

/** One sentence where there are fewer neurons than a real GPU would move; else empty. */
function widthNotice({ engine }: Speed, n: number): string {
  if (n >= BOUNDS.webgpu.most) return '';
  return `${n.toLocaleString('en')} neurons, chosen for the speed of this ${isCpu(engine) ? 'machine' : 'adapter'}; the settings take more.`;
}

/** The page has no files: a dropped CSV becomes inline data before it gets here. */
export const NO_FILES: Files = {
  readText: (path) =>
    Promise.reject(
      new Error(`data.csv = "${path}": the page cannot open files by name, drop the file on the page`),
    ),
  readBytes: (path) => Promise.reject(new Error(`initial.npy = "${path}": the page cannot open files by name`)),
  note: () => undefined,
};
