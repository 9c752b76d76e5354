/** What speaks for shifting and scaling the columns of a table. */
import { isConstant, momentsOf } from './encoding.ts';

interface ColumnOfNumbers {
  readonly name: string;
  readonly values: Float64Array;
}

/** Values this far from unit scale would saturate neurons, or leave them without a slope, at the start. */
export const FAR = 10;
/** A column that varies by less than this looks the same in every row. */
const LITTLE = 0.01;

export interface Proposal {
  readonly standardize: boolean;
  /** One clause: what is so about which column. */
  readonly why: string;
}

/** Inputs, and targets that are no classes. A constant column cannot be scaled: then it is not proposed. */
export function proposalOf(columns: readonly ColumnOfNumbers[]): Proposal {
  const constant = columns.find(({ values }) => isConstant(values));
  if (constant)
    return { standardize: false, why: `${constant.name} is constant, which leaves nothing to scale` };
  for (const { name, values } of columns) {
    const { reach, deviation, mean } = measureOf(values);
    const said = (value: number): string => String(+value.toPrecision(3)).replace('-', '−');
    if (!Number.isFinite(deviation)) return { standardize: false, why: `${name} is too large to be scaled` };
    if (reach > FAR) return { standardize: true, why: `${name} reaches ${said(reach)}` };
    if (deviation < LITTLE) return { standardize: true, why: `${name} varies by ${said(deviation)} only` };
    if (Math.abs(mean) > FAR * deviation)
      return {
        standardize: true,
        why: `${name} lies around ${said(mean)} and varies by ${said(deviation)} only`,
      };
  }
  return { standardize: false, why: 'all columns are of the size of 1' };
}

function measureOf(values: Float64Array): { reach: number; mean: number; deviation: number } {
  const { mean, variance } = momentsOf(values);
  const reach = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { reach, mean, deviation: Math.sqrt(variance) };
}
