/** The AssemblyScript source of the kernels of one activation in one precision. */
import { NARROW, VECTOR } from '../src/engines/cpu/simd/layout.ts';
import { declared, memoryOf, type Form } from './form.ts';
import { PRECISIONS, type Lanes, type Precision } from './lanes.ts';
import * as narrow from './narrow.ts';
import { tiles } from './tiles.ts';

const pointwise = (form: Form, lanes: Lanes): string => `
export function pointwise(z: usize, phis: usize, slopes: usize, vectors: i32): void {
${declared(form, lanes)}
  for (let i = 0; i < vectors; i++, z += ${VECTOR}, phis += ${VECTOR}, slopes += ${VECTOR}) {
    const z0 = v128.load(z);
    let phi: v128;
    let slope: v128;
    {
      ${form.both('z0', 'phi', 'slope')}
    }
    v128.store(phis, phi);
    v128.store(slopes, slope);
  }
}`;

export function sourceOf(form: Form, precision: Precision): string {
  const lanes: Lanes = PRECISIONS[precision];
  return [
    memoryOf(form, lanes),
    form.helpers,
    pointwise(form, lanes),
    ...NARROW.flatMap((d) => [narrow.outputs(d, form, lanes), narrow.drifts(d, form, lanes)]),
    tiles(form, lanes),
  ].join('\n');
}
