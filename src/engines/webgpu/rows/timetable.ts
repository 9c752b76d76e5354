/**
 * What varies from step to step, as records that the device reads by the step's number (shaders/terms.ts): steps of
 * different dt share a submit. A ring, so that records of steps that are done make room for those to come.
 */
import { RING } from '../../../../shaders/loss.ts';
import { packStep, stepStruct, type System, type TermChoice } from '../../../../shaders/terms.ts';
import { INTEGRATORS } from '../../../core/dynamics/integrators.ts';
import { tempoOf, type Tempo } from '../../../core/dynamics/schedules.ts';
import { activeTerms, heated, ratesOf } from '../../../core/dynamics/terms.ts';
import type { Memory } from '../../../gpu/memory.ts';
import type { Problem } from '../../engine.ts';

/** Which terms a problem's shaders have. */
export function termChoice({ terms = {} }: Problem): TermChoice {
  return { names: activeTerms(terms), rates: ratesOf(terms).some((rate) => rate !== 1) };
}

export const systemOf = ({ m, speed, terms = {} }: Problem): System => ({ m, speed, terms });

export class Timetable {
  /** What each record says. */
  private readonly written: (Tempo | undefined)[] = Array.from({ length: RING });

  private constructor(
    private readonly memory: Memory,
    private readonly problem: Problem,
    private readonly choice: TermChoice,
    readonly buffer: GPUBuffer,
  ) {}

  static async create(memory: Memory, problem: Problem): Promise<Timetable> {
    const choice = termChoice(problem);
    const { STORAGE, COPY_DST } = GPUBufferUsage;
    const { steps } = await memory.allocate({
      steps: { size: RING * stepStruct(choice).size, usage: STORAGE | COPY_DST },
    });
    return new Timetable(memory, problem, choice, steps);
  }

  /**
   * Makes sure that steps first … first + count − 1, RING of them or fewer, go at the tempo of dt; `loss` is that
   * at the first. Steps are numbered by where they start; those whose records give way are submitted already.
   */
  write(first: number, count: number, dt: number, loss: number): void {
    const { schedules } = this.problem;
    const even = schedules ? null : tempoOf(schedules, dt, first, loss);
    const tempo = (k: number): Tempo => even ?? tempoOf(schedules, dt, k, loss);
    for (let k = first; k < first + count;) {
      const from = k % RING;
      const stop = Math.min(RING - from, first + count - k);
      const due: Tempo[] = [];
      for (let i = 0; i < stop && !sameTempo(this.written[from + i], tempo(k + i)); i++) due.push(tempo(k + i));
      if (due.length > 0) this.record(from, due);
      k += Math.max(1, due.length);
    }
  }

  private record(from: number, tempos: readonly Tempo[]): void {
    const { device } = this.memory.context;
    const size = this.buffer.size / RING;
    const all = new Uint8Array(tempos.length * size);
    let one = this.packed(tempos[0]);
    for (const [i, tempo] of tempos.entries()) {
      if (i > 0 && !sameTempo(tempo, tempos[i - 1])) one = this.packed(tempo);
      all.set(one, i * size);
      this.written[from + i] = tempo;
    }
    device.queue.writeBuffer(this.buffer, from * size, all);
  }

  private packed({ dt, heat }: Tempo): Uint8Array {
    const { terms, ...system } = systemOf(this.problem);
    const { integrator } = this.problem;
    return new Uint8Array(
      packStep(this.choice, { ...system, terms: heated(terms, heat) }, dt, INTEGRATORS[integrator]),
    );
  }
}

const sameTempo = (one: Tempo | undefined, other: Tempo): boolean =>
  one !== undefined && one.dt === other.dt && one.heat === other.heat;
