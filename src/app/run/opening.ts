/**
 * Opens what the page runs: configuration → numbers → engine, with a width that suits the machine where nobody
 * asked for one.
 */
import { ConfigError, mergeConfig, type Config, type ConfigInput } from '../../core/config/config.ts';
import { rowsTaken } from '../../core/dynamics/feed.ts';
import { needsLoss } from '../../core/dynamics/schedules.ts';
import {
  CapacityError,
  isCpu,
  type Accuracy,
  type Engine,
  type EngineInfo,
  type EngineName,
  type Problem,
  type Theta,
} from '../../engines/engine.ts';
import { compileAhead, type Choice, wantsCpu, type Platform } from '../../engines/select.ts';
import { isPaperName } from '../../experiments/papers/registry.ts';
import { BOUNDS, measureSpeed, tells, widthFor, type Speed } from '../../experiments/calibrate.ts';
import { prepare, type Prepared } from '../../experiments/prepare.ts';
import { resolveConfig } from '../../experiments/presets.ts';
import type { Files } from '../../experiments/data/table.ts';
import { restored } from './checkpoints.ts';
import { checkPairs, checkSamples, MOST_BYTES } from './limits.ts';
import { openPatiently, type Wait } from './patience.ts';
import { say } from '../say.ts';

/** Milliseconds. */
const TUNE_AFTER = 5000;

/**
 * Neurons whose drawing takes as long as a shader's compilation, and those by which shaders for them are
 * chosen.
 */
const MANY = 2 ** 17;
const SAMPLE = 2 ** 10;

/** Fewer neurons than that are not worth a try where memory is short. */
const FEWEST = 2 ** 10;

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
  isCpu(engine.info.name) && !wantsCpu(prepared.config.engine) ? say('The CPU computes: {why}.', { why }) : '';

/** A state of a run, with what beside θ decides the bits of later steps. */
export interface Origin {
  readonly theta: Theta;
  readonly step: number;
  readonly accuracy?: Accuracy;
  readonly velocity?: Theta;
}

/** How a run is computed where that is not as configured. */
export interface Way {
  readonly engine?: EngineName;
  /** Without workers: by this thread. */
  readonly threads?: false;
  /** One clause. */
  readonly why?: string;
}

/** Who makes configurations ready, with the data that the person has brought. */
export interface Preparer {
  /** `mostBytes`: what θ may take. */
  prepare(config: Config, mostBytes: number): Promise<Prepared>;
  /** Whether that takes long. */
  isLarge(config: Config): boolean;
  readonly wait: Wait;
}

const PREPARER: Preparer = {
  prepare: (config, mostBytes) => prepare(config, NO_FILES, mostBytes),
  isLarge: () => false,
  wait: (_, work) => work,
};

export class Opener {
  /** One sentence about the width that was chosen last, else empty. */
  notice = '';
  private speed: Speed | null = null;
  /** Of the last engine: the next is taken to be like it. */
  private info: Pick<EngineInfo, 'name' | 'software' | 'adapter'> = {
    name: 'webgpu',
    software: false,
    adapter: '',
  };

  constructor(
    private readonly platform: Platform,
    private readonly data: Preparer = PREPARER,
  ) {}

  /**
   * A new engine: at a new draw, or going on from an origin (another parameterization, integrator or engine). Rejects as
   * soon as the signal is aborted.
   */
  async open(
    input: ConfigInput,
    going: Origin | null,
    { way = {}, signal }: { readonly way?: Way; readonly signal?: AbortSignal } = {},
  ): Promise<Running> {
    const config = resolveConfig(input);
    const drawn = config.initial.npy === undefined && !going;
    // a paper's width belongs to its experiment
    const free = input.model?.width === undefined && drawn && !isPaperName(input.preset ?? '');
    // what is wrong shows itself below
    const ahead = drawn && !free && config.model.width >= MANY && way.engine !== 'cpu';
    if (ahead && !this.data.isLarge(config)) void this.compileAhead(config).catch(() => undefined);
    if (needsLoss(config.dynamics.schedule))
      throw new ConfigError(
        say('{setting} is for the command line, which tells its t: give another law', {
          setting: 'dynamics.schedule.dt = { "law": "over-loss" }',
        }),
      );
    checkSamples(config.data);
    const first = await this.data.prepare(config, MOST_BYTES);
    signal?.throwIfAborted();
    const most = free ? await this.chooseWidth(first, config, way, signal) : first.problem.n;
    const running = await this.fitting(most, free, async (n) => {
      signal?.throwIfAborted();
      const prepared =
        n === first.problem.n
          ? first
          : await this.data.prepare({ ...config, model: { ...config.model, width: n } }, MOST_BYTES);
      checkPairs(prepared.problem);
      const sized = mergeConfig(input, { model: { width: n } });
      const origin = going ?? { theta: prepared.problem.theta, step: 0 };
      return this.reopen({ input: sized, prepared, origin }, way);
    });
    if (signal?.aborted) running.engine.destroy();
    signal?.throwIfAborted();
    this.notice = free && this.speed ? widthNotice(this.speed, running.engine.problem.n) : '';
    return running;
  }

  /** With `most` neurons or, where nobody asked for so many, half as many as long as memory is too small. */
  private async fitting(most: number, free: boolean, open: (n: number) => Promise<Running>): Promise<Running> {
    for (let n = most; ; n /= 2)
      try {
        return await open(n);
      } catch (error) {
        if (!free || !(error instanceof CapacityError) || n < 2 * FEWEST) throw error;
      }
  }

  /** While many neurons are drawn, the GPU's compiler works for them. */
  private async compileAhead(config: Config): Promise<void> {
    const { problem } = await this.data.prepare(
      { ...config, model: { ...config.model, width: SAMPLE } },
      MOST_BYTES,
    );
    await compileAhead(config, { ...problem, n: config.model.width }, this.platform);
  }

  /** Another engine for the same problem, standing at its origin; as configured, or in that way. */
  async reopen(
    { input, prepared, origin }: Pick<Running, 'input' | 'prepared' | 'origin'>,
    way: Way = {},
  ): Promise<Running> {
    const { engine, reason } = await this.engineFor(prepared.config, prepared.problem, way);
    try {
      if (origin.theta !== prepared.problem.theta) await restored(engine, origin);
    } catch (error) {
      engine.destroy();
      throw error;
    }
    this.info = engine.info;
    this.tuneLater(engine);
    return { input, prepared, engine, why: way.why ?? reason, origin };
  }

  private engineFor(config: Config, problem: Problem, { engine, threads }: Way): Promise<Choice> {
    const platform = threads === false ? { ...this.platform, cpu: {} } : this.platform;
    const wish = { ...config, engine: engine ?? config.engine };
    return openPatiently(wish, problem, platform, this.info, this.data.wait);
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

  private async chooseWidth(
    { problem }: Prepared,
    config: Config,
    way: Way,
    signal?: AbortSignal,
  ): Promise<number> {
    if (!this.speed || !tells(this.speed, problem))
      this.speed = await measureSpeed(problem, async (tried) => {
        signal?.throwIfAborted();
        return (await this.engineFor(config, tried, way)).engine;
      });
    return widthFor(this.speed, rowsTaken(problem));
  }
}

/** One sentence where there are fewer neurons than a real GPU would move; else empty. */
function widthNotice({ engine }: Speed, n: number): string {
  if (n >= BOUNDS.webgpu.most) return '';
  const neurons = n.toLocaleString('en');
  return isCpu(engine)
    ? say('{neurons} neurons, chosen for the speed of this machine; the settings take more.', { neurons })
    : say('{neurons} neurons, chosen for the speed of this adapter; the settings take more.', { neurons });
}

/** The page cannot open files by name. */
export const NO_FILES: Files = {
  readBytes: (path) =>
    Promise.reject(
      new ConfigError(say('{path}: the page cannot open files by name, drop it on the page', { path })),
    ),
  note: () => undefined,
};
