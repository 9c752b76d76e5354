/**
 * What varies from step to step, as records that the device reads by the step's number (shaders/terms.ts): steps of
 * different dt share a submit. A ring, so that records of steps that are done make room for those to come.
 */
import { RING } from '../../../shaders/loss.ts';
import { packStep, stepStruct, type System, type TermChoice } from '../../../shaders/terms.ts';
import { INTEGRATORS } from '../../core/integrators.ts';
import { activeTerms, ratesOf } from '../../core/terms.ts';
import type { Memory } from '../../gpu/memory.ts';
import type { Problem } from '../engine.ts';

/** Which terms a problem's shaders have. */
export function termChoice({ terms = {} }: Problem): TermChoice {
  return { names: activeTerms(terms), rates: ratesOf(terms).some((rate) => rate !== 1) };
}

export const systemOf = ({ m, speed, terms = {} }: Problem): System => ({ m, speed, terms });

export class Timetable {
  /** The dt of each record; NaN where there is none yet. */
  private readonly written = new Float64Array(RING).fill(NaN);

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
   * Makes sure that steps first … first + count − 1, RING of them or fewer, have length dt. Steps are numbered by
   * where they start; those whose records give way are submitted already.
   */
  write(first: number, count: number, dt: number): void {
    for (let k = first; k < first + count;) {
      const from = k % RING;
      const stop = Math.min(RING, from + first + count - k);
      let end = from;
      while (end < stop && this.written[end] !== dt) end++;
      if (end > from) this.record(from, end, dt);
      k += Math.max(1, end - from);
    }
  }

  private record(from: number, end: number, dt: number): void {
    const { device } = this.memory.context;
    const one = new Uint8Array(
      packStep(this.choice, systemOf(this.problem), dt, INTEGRATORS[this.problem.integrator]),
    );
    const all = new Uint8Array((end - from) * one.length);
    for (let at = 0; at < all.length; at += one.length) all.set(one, at);
    device.queue.writeBuffer(this.buffer, from * one.length, all);
    this.written.fill(dt, from, end);
  }
}
