/** φ by each of the two bodies, and φ', of some z: what a form is held against a table by. */
import { wgsl } from 'wgsl-preprocessor/wgsl-preprocessor.js';
import { featuresText, type FeatureChoice } from '../src/core/features/features.ts';
import { declare, input, output } from '../src/gpu/layout.ts';
import { WORKGROUP, activation, formText } from './particle.ts';
import type { Shader } from '../src/gpu/layout.ts';

const bindings = { z: input('f32'), values: output('vec4f') };

export function phiTable(choice: FeatureChoice, fast: boolean): Shader {
  const code = wgsl`
${declare(bindings)}
${activation({ ...choice, fast })}

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&z)) { return; }
  values[id.x] = vec4f(phi(z[id.x]), phi_dphi(z[id.x]), 0.0);
}`;
  return { name: `table of ${featuresText(choice)}${formText({ fast })}`, bindings, code };
}
