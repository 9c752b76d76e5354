/** What a folder of all laws has of each of them, as its page and its lines want it. */
import type { Judgement } from '../../experiments/measure/judge.ts';
import type { HowMuch } from '../../experiments/measure/learned.ts';
import type { MeasurementName } from '../../experiments/measure/registry.ts';
import type { Provenance } from '../machine/provenance.ts';

export type Done = Pick<Judgement, 'fits' | 'checks' | 'verdict'> &
  HowMuch & {
    readonly name: MeasurementName;
    readonly control?: string;
    readonly failure?: string;
    readonly widths: readonly number[];
    readonly replicas: number;
    readonly seed: number;
    readonly seconds: number;
    readonly engine?: string;
    readonly provenance: Provenance;
    /** The text of figure.svg; null of a run that failed. */
    readonly figure: string | null;
  };

export interface Refused {
  readonly name: MeasurementName;
  readonly refusal: string;
}

export type Row = Done | Refused;

/** Of a result.json that this program wrote. */
export const rowOf = (name: MeasurementName, result: object, figure: string | null): Done => ({
  ...(result as Omit<Done, 'name' | 'figure'>),
  name,
  figure,
});
