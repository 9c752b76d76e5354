/** One work that ends in a verdict, done into a folder: its engines, its progress, its files. */
import type { Config } from '../core/config/config.ts';
import { DivergedError, type EngineInfo } from '../engines/engine.ts';
import { openDensity, openEngine } from '../engines/select.ts';
import type { Drawing } from '../experiments/measure/figures/figure.ts';
import type { Judgement } from '../experiments/measure/judge.ts';
import type { Means } from '../experiments/measure/lab.ts';
import type { HowMuch } from '../experiments/measure/learned.ts';
import type { Series } from '../experiments/measure/measurement.ts';
import { filesFor } from './files/files.ts';
import type { Interruption } from './interruption.ts';
import { NODE_PLATFORM } from './machine/platform.ts';
import { provenanceOf, type Provenance } from './machine/provenance.ts';
import { VERSION } from './machine/version.ts';
import { openShare } from './progress.ts';
import { rawOf } from './raw.ts';
import { writeResult } from './result.ts';

export type Result = Judgement &
  HowMuch & { readonly name: string; readonly config: Config; readonly seconds: number };

export interface Judged {
  /** As the result calls it. */
  readonly name: string;
  readonly config: Config;
  /** What of a result is known before it, its configuration, too: for one that says why there is none. */
  readonly known: object;
  readonly run: (means: Means) => Promise<Result>;
  readonly drawing: () => Promise<Drawing>;
}

export interface Into {
  readonly folder: string;
  /** What the progress is of. */
  readonly title: string;
  readonly quiet: boolean;
  readonly interruption: Interruption;
  /** Called before anything is written: from the first engine on or, where none is needed, once there is a result. */
  readonly begin: () => Promise<void>;
  /** Hears of the first engine: what it is, and why. */
  readonly onEngine: (line: string) => void;
}

export type Written = Result & { readonly version: string; readonly provenance: Provenance };

/** Throws what ended it; of a run that diverged a result that says so lies in the folder. */
export async function judgeInto(
  { name, config, known, run, drawing }: Judged,
  { folder, title, quiet, interruption, begin, onEngine }: Into,
): Promise<Written> {
  const files = filesFor(quiet);
  const progress = openShare(title, quiet);
  const began = new Date();
  let series: readonly Series[] = [];
  let first = null as EngineInfo | null;
  let reason = 'the control';
  let begun = false;
  const start = async (): Promise<void> => {
    if (begun) return;
    begun = true;
    await begin();
    files.say();
  };
  const means: Means = {
    open: async (problem) => {
      const { engine, why } = await openEngine(config, problem, NODE_PLATFORM);
      reason = why;
      return engine;
    },
    onEngine: async (info) => {
      if (first) return;
      first = info;
      await start();
      onEngine(`engine ${info.name}, ${info.method} sums, ${info.adapter} (${reason})`);
    },
    onMeasured: (measured) => void ({ series } = measured),
    density: (problem) => openDensity(config.engine, problem, NODE_PLATFORM),
    files,
    onProgress: (share) => progress.update(share),
    signal: interruption.signal,
  };
  const origin = () => ({ version: VERSION, provenance: provenanceOf(config, began, first?.adapter ?? null) });
  try {
    const result = described(await run(means), first);
    progress.stop();
    await start();
    const raw = rawOf(series);
    const written = { ...result, ...(raw.length > 0 && { raw: raw.map(({ said }) => said) }), ...origin() };
    await writeResult(folder, written, { drawing: await drawing(), raw });
    return written;
  } catch (error) {
    progress.stop();
    if (error instanceof DivergedError)
      await writeResult(folder, {
        ...known,
        name,
        failure: error.message,
        points: [],
        verdict: 'fails',
        passed: false,
        r2: null,
        testR2: null,
        seconds: (Date.now() - began.getTime()) / 1000,
        ...origin(),
      });
    throw error;
  }
}

/** A result with the engine that gave it; the configuration names it, so that it means the same elsewhere. */
function described(result: Result, info: EngineInfo | null): Result {
  if (!info) return result;
  const { name: engine, adapter, software, precision } = info;
  const own = { engine, adapter, software, precision };
  return { ...result, config: { ...result.config, engine }, ...own };
}
