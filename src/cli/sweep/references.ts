/** Residual paths of wide systems, which drive the copies of narrower ones: computed once, kept beside the cells. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../core/config/config.ts';
import { DivergedError, isCpu } from '../../engines/engine.ts';
import type { Lab } from '../../experiments/measure/measurement.ts';
import { referencePath } from '../../experiments/measure/reference.ts';
import { forecast } from '../../experiments/sweep/cost.ts';
import type { Diverged } from '../../experiments/sweep/outcome.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { decodeNpy, encodeNpy } from '../../io/npy.ts';
import { readBytes, writeShared } from '../files/files.ts';
import { addressOf } from '../files/address.ts';
import { addressWith, type Inputs } from './inputs.ts';

export class References {
  private readonly known = new Map<string, Promise<Float64Array | Diverged>>();

  constructor(
    private readonly sweep: string,
    private readonly inputs: Inputs,
    private readonly labFor: (config: Config) => Lab,
  ) {}

  /** r̄ [steps, m] of N particles of the cell's kind, drawn from a seed of their own. */
  async path(config: Config, one: Prepared, N: number): Promise<Float64Array | Diverged> {
    const { method } = forecast({ config, n: N }, one, false);
    const wide: Config = {
      ...config,
      model: { ...config.model, width: N },
      initial: { ...config.initial, seed: 0 },
      record: { every: 1, theta: [] },
      method,
    };
    const key = addressOf(wide);
    const path = this.known.get(key) ?? this.found(wide, one, N);
    this.known.set(key, path);
    return path;
  }

  private async found(config: Config, one: Prepared, N: number): Promise<Float64Array | Diverged> {
    const lab = this.labFor(config);
    const folder = join(this.sweep, 'references');
    const name = `${addressWith(config, { by: await this.engineOf(lab, one) }, this.inputs)}.npy`;
    const kept = await read(join(folder, name), config.dynamics.steps * one.problem.m);
    if (kept) return kept;
    try {
      const path = await referencePath(lab, config, N);
      mkdirSync(folder, { recursive: true });
      await writeShared(folder, name, encodeNpy(path, [config.dynamics.steps, one.problem.m]));
      return path;
    } catch (error) {
      if (error instanceof DivergedError) return { failure: `its reference of ${N} neurons: ${error.message}` };
      throw error;
    }
  }

  /** Bits are an engine's own, and on a GPU an adapter's. */
  private async engineOf(lab: Lab, { problem }: Prepared): Promise<string> {
    const engine = await lab.open(problem);
    const { name, adapter } = engine.info;
    engine.destroy();
    return isCpu(name) ? name : `${name} ${adapter}`;
  }
}

async function read(path: string, length: number): Promise<Float64Array | null> {
  if (!existsSync(path)) return null;
  try {
    const { data } = decodeNpy(await readBytes(path));
    return data.length === length ? Float64Array.from(data) : null;
  } catch {
    return null; // half of it: made again
  }
}
