/** What another configuration asks of a run. */
import type { Config, ConfigInput } from '../../core/config/config.ts';
import { sameJson } from '../../core/words/json.ts';
import { resolveConfig } from '../../experiments/presets.ts';

/** Neurons drawn anew · another engine that goes on from θ · another dt alone. */
export type Change = 'draw' | 'engine' | 'step';

/** `over` was laid on what `was` came from, and gave `input`. */
export function changeOf(was: Config, over: ConfigInput, input: ConfigInput): Change {
  const { data, model, initial, parameterization, engine, method, dynamics } = resolveConfig(input);
  const width = { ...model, width: over.model?.width ?? was.model.width };
  if (
    over.preset !== undefined ||
    !sameJson(data, was.data) ||
    !sameJson(width, was.model) ||
    !sameJson(initial, was.initial)
  )
    return 'draw';
  const law = ({ dt: _dt, steps: _steps, ...rest }: Config['dynamics']): object => rest;
  const structure = [parameterization, engine, method, law(dynamics)];
  const before = [was.parameterization, was.engine, was.method, law(was.dynamics)];
  return sameJson(structure, before) ? 'step' : 'engine';
}
