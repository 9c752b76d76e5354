/**
 * f against the data, in the form that the number of inputs allows: a curve, a field, or predicted against
 * true, or against one of the inputs.
 */
import { isCpu, type Engine } from '../../engines/engine.ts';
import type { OnGpu } from '../../engines/on-gpu.ts';
import { columnOf, encodeInputs, type Encoding } from '../../experiments/data/encoding.ts';
import { LOSSES, type Loss } from '../../core/objective/losses.ts';
import { isolatedName } from '../../core/words/cut.ts';
import type { Prepared } from '../../experiments/prepare.ts';
import { FieldView } from '../../views/field/field.ts';
import { FieldCanvas } from '../../views/field/canvas.ts';
import { FieldWebGpu, prepareField } from '../../views/field/webgpu.ts';
import type { ThemeName } from '../../views/palette.ts';
import { FitAlong, FitCurve, FitScatter } from '../../views/plots/fit.ts';
import { extent, type PlotFrame } from '../../views/plots/frame.ts';
import { shownOf, type Shown } from './shown.ts';
import { say } from '../say.ts';

export interface FitView {
  readonly title: string;
  /** How it shows what, and on what it draws: for those who add something. */
  readonly form: 'curve' | 'field' | 'along' | 'scatter';
  readonly shown: Shown;
  /** Which output; and against which input, of `along`. */
  readonly output: number;
  readonly against: number | null;
  readonly frame: PlotFrame;
  /** Brings the picture up to the engine's current θ; runs between two steps. */
  refresh(): Promise<void>;
  /** The same of a run beside it, null for none; a field shows one alone. */
  readonly beside?: (twin: Engine | null) => Promise<void>;
  setTheme(theme: ThemeName): void;
  destroy(): void;
}

type Drawing = Omit<FitView, 'shown' | 'output' | 'against'>;

/**
 * Above this many training inputs the curve through f at them is as good as one on a grid, and costs nothing.
 */
const DENSE = 48;
const CURVE_POINTS = 128;
/** Grid points along a side of the field. */
const GRID = { hardware: 96, software: 32, cpu: 28 } as const;

export async function openFit(
  host: HTMLElement,
  engine: Engine,
  prepared: Prepared,
  theme: ThemeName,
  output: number,
  against: number | null,
): Promise<FitView> {
  const inputs = prepared.encoding.inputs.length;
  const shown = shownOf(prepared, output);
  const open = (): Drawing | Promise<Drawing> => {
    if (inputs === 1) return openCurve(host, engine, prepared, shown, theme);
    if (inputs === 2) return openField(host, engine, prepared, shown, theme);
    return against === null
      ? openScatter(host, engine, shown, theme, LOSSES[prepared.problem.loss].targets)
      : openAlong(host, engine, prepared, shown, theme, against);
  };
  return { ...(await open()), shown, output, against };
}

/** Inputs of which one may be chosen, to see f and the data against it. */
export const choosable = ({ inputs }: Encoding): readonly string[] => (inputs.length > 2 ? inputs : []);

function openCurve(
  host: HTMLElement,
  engine: Engine,
  { table, encoding }: Prepared,
  { name, x: given, y, fromAll, decoded }: Shown,
  theme: ThemeName,
): Drawing {
  const input = isolatedName(encoding.inputs[0]);
  const view = new FitCurve(host, { theme, xLabel: input, yLabel: name });
  view.setData(given, y);
  view.describe(say('{name} and f against {input}', { name, input }));
  const order = Array.from(given.keys()).sort((p, q) => given[p] - given[q]);
  const dense = given.length >= DENSE;
  const [low, high] = extent(table.x, 0);
  const x = dense ? Float64Array.from(order, (i) => given[i]) : grid(low, high, CURVE_POINTS);
  const inputs = encodeInputs(x, encoding);
  const curveOf = async (run: Engine): Promise<Float64Array> => {
    if (!dense) return decoded(await run.predict(inputs));
    const f = fromAll(await run.f());
    return Float64Array.from(order, (i) => f[i]);
  };
  return {
    title: say('f (orange) against the data'),
    form: 'curve',
    frame: view.frame,
    refresh: async () => view.setCurve(x, await curveOf(engine)),
    beside: async (twin) => view.setTwin(x, twin ? await curveOf(twin) : []),
    setTheme: (next) => view.setOptions({ theme: next }),
    destroy: () => view.destroy(),
  };
}

async function openField(
  host: HTMLElement,
  engine: Engine,
  { encoding }: Prepared,
  { name, x, y, c, plain, encoded }: Shown,
  theme: ThemeName,
): Promise<Drawing> {
  const [x1, x2] = [columnOf(x, 0, 2), columnOf(x, 1, 2)];
  const ranges = [extent(x1), extent(x2), extent(y)] as const;
  const k = isCpu(engine.info.name) ? GRID.cpu : engine.info.software ? GRID.software : GRID.hardware;
  const names = encoding.inputs.map(isolatedName);
  const points = encodeInputs(gridPoints(ranges[0], ranges[1], k), encoding);
  const options = {
    theme,
    xLabel: names[0],
    yLabel: names[1],
    valueLabel: name,
  };
  // the GPU draws a buffer of f alone, not one of several outputs
  const onGpu = engine.onGpu && c === 1 ? await gpuField(host, engine.onGpu, options, points, k) : null;
  const onCanvas = onGpu ? null : new FieldView(host, options, (canvas) => new FieldCanvas(canvas));
  const view = (onGpu?.view ?? onCanvas)!;
  const [low, high] = encoded(ranges[2]);
  view.setRanges(ranges[0], ranges[1], [low, high], ranges[2]);
  view.setData(x1, x2, y);
  view.describe(
    say('{name} as dots over the field of f, by {names}', { name, names: names.join(say(' and ')) }),
  );
  return {
    title: say('f as a field, the data as dots'),
    form: 'field',
    frame: view.frame,
    refresh: onGpu ? onGpu.refresh : async () => onCanvas!.setGrid(plain(await engine.predict(points)), k),
    setTheme: (next) => view.setOptions({ theme: next }),
    destroy: () => view.destroy(),
  };
}

/** The field drawn where it is computed: nothing is read back. */
async function gpuField(
  host: HTMLElement,
  onGpu: OnGpu,
  options: ConstructorParameters<typeof FieldView>[1],
  points: Float64Array,
  k: number,
) {
  const field = await onGpu.field(k * k);
  field.place(points);
  const { gpu } = onGpu.cloud();
  const pipeline = await prepareField(gpu);
  const view = new FieldView<GPUBuffer>(
    host,
    options,
    (canvas) => new FieldWebGpu(canvas, gpu.device, pipeline),
  );
  const refresh = async (): Promise<void> => {
    await onGpu.refresh(field);
    view.setGrid(field.values, k);
  };
  return { view, refresh };
}

function openAlong(
  host: HTMLElement,
  engine: Engine,
  { encoding: { inputs } }: Prepared,
  { name, x, y, fromAll }: Shown,
  theme: ThemeName,
  input: number,
): Drawing {
  const xLabel = isolatedName(inputs[input]);
  const view = new FitAlong(host, { theme, xLabel, yLabel: name });
  view.setData(columnOf(x, input, inputs.length), y);
  view.describe(say('{name} and f of samples against {xLabel}', { name, xLabel }));
  return {
    title: say('f (orange) and the data'),
    form: 'along',
    frame: view.frame,
    refresh: async () => view.setPrediction(fromAll(await engine.f())),
    beside: async (twin) => view.setTwin(twin ? fromAll(await twin.f()) : []),
    setTheme: (next) => view.setOptions({ theme: next }),
    destroy: () => view.destroy(),
  };
}

/** What f is to y: the same, or what tells classes apart. */
const SCATTERS = {
  numbers: { alike: true, yLabel: say('f (dashed: f = y)'), said: say('a perfect fit lies on the diagonal') },
  signs: { alike: false, yLabel: say('f (above 0: +1)'), said: say('f above 0 says +1, below −1') },
  'one-hot': {
    alike: false,
    yLabel: say('f (the largest is the class)'),
    said: say('the largest output says the class'),
  },
} as const satisfies Record<Loss['targets'], { alike: boolean; yLabel: string; said: string }>;

function openScatter(
  host: HTMLElement,
  engine: Engine,
  { name, y, fromAll }: Shown,
  theme: ThemeName,
  targets: Loss['targets'],
): Drawing {
  const { alike, yLabel, said } = SCATTERS[targets];
  const view = new FitScatter(host, { theme, xLabel: say('{name} in the data', { name }), yLabel, alike });
  view.setData(y);
  view.describe(say('f against {name}; {said}', { name, said }));
  return {
    title: say('f against the target'),
    form: 'scatter',
    frame: view.frame,
    refresh: async () => view.setPrediction(fromAll(await engine.f())),
    beside: async (twin) => view.setTwin(twin ? fromAll(await twin.f()) : []),
    setTheme: (next) => view.setOptions({ theme: next }),
    destroy: () => view.destroy(),
  };
}

const grid = (low: number, high: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** Raw inputs [k·k, 2], x1 fastest. */
function gridPoints(x1: readonly [number, number], x2: readonly [number, number], k: number): Float64Array {
  const across = grid(...x1, k);
  const up = grid(...x2, k);
  return Float64Array.from({ length: 2 * k * k }, (_, i) =>
    i % 2 === 0 ? across[(i >> 1) % k] : up[Math.floor((i >> 1) / k)],
  );
}
