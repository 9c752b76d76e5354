/**
 * The settings, as entries for the panel: every choice comes from a registry, every change goes through
 * configure.
 */
import { ACTIVATIONS } from '../../core/activations.ts';
import { ENGINE_CHOICES, MAX_WIDTH, type Config } from '../../core/config/config.ts';
import { INTEGRATORS } from '../../core/integrators.ts';
import { PARAMETERIZATIONS, type Parameterization } from '../../core/parameterizations.ts';
import type { Axes, CloudColour } from '../../views/cloud/cloud.ts';
import type { ControlEntry } from '../../views/controls.ts';
import type { Page } from '../page.ts';
import { runEntries, stableEntry } from './run.ts';
import type { Session } from '../run/session.ts';
import type { Stage } from '../cloud/stage.ts';
import { axisName } from '../cloud/words.ts';

export interface PanelActions {
  /** Applies a partial configuration; failures are told to the person. */
  configure(partial: object): void;
  /** Other axes are drawn. */
  viewChanged(): void;
  /** Other entries are due. */
  entriesChanged(): void;
}

/** Whether the person has taken the upper limits away. */
export interface Limits {
  lifted: boolean;
}

/** 2⁶ … 2²⁰, and 2²⁴ without limits. */
const WIDTHS = Array.from({ length: 19 }, (_, i) => 2 ** (6 + i));
const USUAL_WIDTH = 2 ** 20;
const CUSTOM = 'custom';

export function panelEntries(page: Page, limits: Limits, actions: PanelActions): ControlEntry[] {
  const { session, stage } = page;
  const config = (): Config => session.config();
  const names = (registry: object): string[] => Object.keys(registry);
  const { inputs, bias } = session.prepared!.encoding;
  const d = session.engine!.problem.d;
  const axes = Object.fromEntries(Array.from({ length: 1 + d }, (_, c) => [axisName(c, inputs, bias), c]));
  const axis = (place: 0 | 1 | 2, label: string): ControlEntry => ({
    kind: 'choice',
    folder: 'View',
    key: `axis${place}`,
    label,
    options: place === 2 ? { none: -1, ...axes } : axes,
    get: () => stage.axes[place],
    set: (component) => {
      stage.set({
        axes: stage.axes.map((old, i) => (i === place ? Number(component) : old)) as unknown as Axes,
      });
      actions.viewChanged();
    },
  });
  const frozen = (layer: 'w0' | 'w1', label: string, help: string): ControlEntry => ({
    kind: 'boolean',
    folder: 'Dynamics',
    key: `frozen.${layer}`,
    label,
    help,
    get: () => config().dynamics.rates[layer] === 0,
    set: (on) =>
      actions.configure({ dynamics: { rates: { ...config().dynamics.rates, [layer]: on ? 0 : 1 } } }),
  });
  return [
    {
      kind: 'choice',
      folder: 'Network',
      key: 'width',
      label: 'neurons n',
      help: 'Width of the network: the number of particles',
      options: widthOptions(config().model.width, limits),
      get: () => config().model.width,
      set: (width) => actions.configure({ model: { width: Number(width) } }),
    },
    {
      kind: 'choice',
      folder: 'Network',
      key: 'activation',
      label: 'activation φ',
      options: names(ACTIVATIONS),
      help: ACTIVATIONS[config().model.activation].summary,
      get: () => config().model.activation,
      set: (activation) => actions.configure({ model: { activation } }),
    },
    {
      kind: 'choice',
      folder: 'Network',
      key: 'parameterization',
      label: 'parameterization',
      options: parameterizationOptions(config().parameterization),
      help: 'Prefactor of f and learning rate as powers of n',
      get: () => nameOf(config().parameterization),
      set: (parameterization) => {
        if (parameterization !== CUSTOM) actions.configure({ parameterization });
      },
    },
    {
      kind: 'boolean',
      folder: 'Network',
      key: 'bias',
      label: 'bias',
      help: 'A constant coordinate 1 beside the inputs',
      get: () => config().model.bias,
      set: (on) => actions.configure({ model: { bias: on } }),
    },
    {
      kind: 'number',
      folder: 'Dynamics',
      key: 'dt',
      label: 'step dt',
      min: 0,
      help: 'Step of time: with Euler, the learning rate η0',
      get: () => config().dynamics.dt,
      set: (dt) => actions.configure({ dynamics: { dt } }),
    },
    stableEntry(page, 'Dynamics'),
    {
      kind: 'choice',
      folder: 'Dynamics',
      key: 'integrator',
      label: 'integrator',
      options: names(INTEGRATORS),
      help: INTEGRATORS[config().dynamics.integrator].summary,
      get: () => config().dynamics.integrator,
      set: (integrator) => actions.configure({ dynamics: { integrator } }),
    },
    {
      kind: 'number',
      folder: 'Dynamics',
      key: 'temperature',
      label: 'temperature τ',
      min: 0,
      help: 'Noise √(2τ) dW on every neuron; needs the integrator euler',
      get: () => config().dynamics.temperature,
      set: (temperature) => actions.configure({ dynamics: { temperature } }),
    },
    {
      kind: 'number',
      folder: 'Dynamics',
      key: 'decay',
      label: 'weight decay λ',
      min: 0,
      help: 'Pulls every neuron towards 0 at the rate λ',
      get: () => config().dynamics.decay,
      set: (decay) => actions.configure({ dynamics: { decay } }),
    },
    frozen('w0', 'freeze w0', 'The features stay as they were drawn; only output weights learn'),
    frozen('w1', 'freeze w1', 'The output weights stay as they were drawn'),
    ...runEntries(page, actions.entriesChanged),
    {
      kind: 'number',
      folder: 'Start',
      key: 'seed',
      label: 'seed',
      min: 0,
      step: 1,
      help: 'Another seed draws other neurons from the same law',
      get: () => config().initial.seed,
      set: (seed) => actions.configure({ initial: { seed } }),
    },
    ...deviation(session, actions, 'w0'),
    ...deviation(session, actions, 'w1'),
    {
      kind: 'boolean',
      folder: 'Start',
      key: 'antithetic',
      label: 'f starts at 0',
      help: 'Neurons in pairs (w1, w0), (−w1, w0): antithetic draws',
      get: () => config().initial.antithetic,
      set: (antithetic) => actions.configure({ initial: { antithetic } }),
    },
    {
      kind: 'choice',
      folder: 'View',
      key: 'colour',
      label: 'colour',
      options: { 'sign of w1': 'sign', 'speed |b|': 'speed' },
      get: () => stage.colour,
      set: (colour) => stage.set({ colour: colour as CloudColour }),
    },
    axis(0, 'across'),
    axis(1, 'up'),
    axis(2, 'depth'),
    ...overlayEntries(session, stage),
    { kind: 'button', folder: 'View', key: 'resetView', label: 'Reset view', set: () => stage.resetView() },
    {
      kind: 'choice',
      folder: 'Machine',
      key: 'engine',
      label: 'engine',
      options: ENGINE_CHOICES,
      help: 'auto takes WebGPU where there is an adapter',
      get: () => config().engine,
      set: (engine) => actions.configure({ engine }),
    },
    {
      kind: 'boolean',
      folder: 'Machine',
      key: 'lifted',
      label: 'lift limits',
      help: `Widths beyond ${USUAL_WIDTH.toLocaleString('en')} and values beyond the sliders’ ends; the folder Run says what they cost`,
      get: () => limits.lifted,
      set: (on) => {
        limits.lifted = on;
        actions.entriesChanged();
      },
    },
  ];
}

/** What may be drawn over the cloud. */
function overlayEntries(session: Session, stage: Stage): ControlEntry[] {
  const entry = (key: 'tails' | 'teacher', label: string, help: string): ControlEntry => ({
    kind: 'boolean',
    folder: 'View',
    key,
    label,
    help,
    get: () => stage.overlays[key],
    set: (on) => stage.set({ [key]: on }),
  });
  const tails = entry('tails', 'tails', 'The paths of some 200 neurons over the last pictures');
  const teacher = entry(
    'teacher',
    'teacher',
    'Dashed rays towards the neurons of the network that made the data; orange for an output weight above 0',
  );
  return session.prepared!.encoding.teacher.length > 0 ? [tails, teacher] : [tails];
}

/** A normal law's standard deviation; other laws are not shown. */
function deviation(session: Session, actions: PanelActions, layer: 'w0' | 'w1'): ControlEntry[] {
  const law = session.config().initial[layer];
  if (law.law !== 'normal') return [];
  return [
    {
      kind: 'number',
      folder: 'Start',
      key: `${layer}.std`,
      label: `std of ${layer}`,
      min: 0,
      max: 10,
      step: 0.1,
      liftable: true,
      help: `Standard deviation of ${layer} at step 0`,
      get: () => law.std ?? 1,
      set: (std) => actions.configure({ initial: { [layer]: { ...law, std } } }),
    },
  ];
}

function widthOptions(current: number, { lifted }: Limits): Record<string, number> {
  const offered = WIDTHS.filter((width) => lifted || width <= USUAL_WIDTH);
  const widths = [...new Set([...offered, current])]
    .filter((width) => width <= MAX_WIDTH)
    .sort((p, q) => p - q);
  return Object.fromEntries(widths.map((width) => [width.toLocaleString('en'), width]));
}

const nameOf = (parameterization: Parameterization): string =>
  typeof parameterization === 'string' ? parameterization : CUSTOM;
const parameterizationOptions = (current: Parameterization): string[] => [
  ...Object.keys(PARAMETERIZATIONS),
  ...(typeof current === 'string' ? [] : [CUSTOM]),
];
