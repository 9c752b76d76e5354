/** mckean doctor: what this machine offers, which engine `auto` takes here, and why. */
import { availableParallelism, totalmem } from 'node:os';
import type { GpuContext } from '../../gpu/device.ts';
import { keptDevice } from '../../gpu/kept-device.ts';
import type { Arguments, Command } from '../args.ts';
import { prepare } from '../../experiments/prepare.ts';
import { PRESETS, resolveConfig } from '../../experiments/presets.ts';
import { classOf, type MachineClass } from '../../core/methods/costs.ts';
import { featureChoiceOf, featureOf, spelled } from '../../core/features/features.ts';
import { fastest } from '../../core/methods/methods.ts';
import { shapeOf } from '../../core/shape.ts';
import { adapterCosts, costsRemembered } from '../../engines/adapter-costs.ts';
import { measureCosts } from '../../engines/webgpu/opening/measure-costs.ts';
import { madeUp } from '../../engines/webgpu/opening/trial.ts';
import { allRemembered, tune, type Kind, type Tuned } from '../../engines/webgpu/opening/tune.ts';
import { chooseGpu, GPU_FLAG, oneOrAll, spelledAdapter } from '../machine/adapters.ts';
import { openDawn, type Dawn } from '../machine/dawn.ts';
import { EXIT } from '../errors.ts';
import { filesFor } from '../files/files.ts';
import { NODE_PLATFORM } from '../machine/platform.ts';
import { VERSION } from '../machine/version.ts';

export const DOCTOR: Command = {
  summary:
    'Says what this machine offers: the WebGPU adapter with its limits and features, the cores, the engine that auto takes and why.',
  positionals: [],
  flags: {
    tune: {
      help: 'try how many particles and data points a thread of this adapter best takes, for the activations and d of the presets, and what each method costs here, and remember it',
    },
    ...GPU_FLAG,
    json: { help: 'print it as JSON' },
  },
  run: doctor,
};

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupStorageSize',
] as const;

async function doctor(args: Arguments): Promise<number> {
  chooseGpu(args);
  const dawn = await openDawn();
  const { gpu, reason } = dawn;
  const context = (gpu && (await keptDevice(gpu).catch((error: Error) => error))) ?? new Error(reason);
  if (args.on('tune') && !(context instanceof Error)) {
    await tuneForPresets(context);
    process.stderr.write('timing the methods …\n');
    await measureCosts(context, { store: NODE_PLATFORM.costs });
  }
  const report = {
    version: VERSION,
    node: process.version,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    ...(await adaptersReport(dawn, args.on('json'))),
    ...adapterReport(context, reason),
    ...choice(context),
  };
  process.stdout.write(args.on('json') ? `${JSON.stringify(report, null, 2)}\n` : lines(report));
  return EXIT.done;
}

/** All that there are, and which of them is taken; for people, in words. */
async function adaptersReport({ adapters, taken }: Dawn, asData: boolean) {
  const all = await adapters();
  const numbers = (await taken()).map(({ index }) => index);
  return asData
    ? { adapters: all, gpu: oneOrAll(numbers) }
    : {
        adapters: all.map(spelledAdapter),
        gpu: numbers.length > 0 ? `${numbers.join(', ')} of these; --gpu N takes another` : null,
      };
}

function adapterReport(context: GpuContext | Error, driver: string) {
  if (context instanceof Error) return { adapter: null, why: context.message };
  const limits = Object.fromEntries(LIMITS.map((name) => [name, context.device.limits[name]]));
  return {
    adapter: context.adapter,
    driver,
    software: context.software,
    limits,
    features: [...context.device.features].sort(),
    tunings: allRemembered(context, NODE_PLATFORM.tunings),
    ...costsReport(context),
  };
}

/** Whose costs `auto` compares methods by, and what it takes by them for a million neurons. */
function costsReport(context: GpuContext): { costs: string; auto: string[] } {
  const own = costsRemembered(context, NODE_PLATFORM.costs);
  const takes = (activation: 'tanh' | 'relu'): string => {
    const problem = madeUp(2 ** 12, { activation, d: 2 }, 256);
    const pairs = { samples: problem, feature: featureOf(problem) };
    const { method, why } = fastest(pairs, problem.theta, adapterCosts(context, NODE_PLATFORM.costs), 2 ** 20);
    return `${activation}, n = 2^20, m = 256: ${method} sums, ${why}`;
  };
  return {
    costs: own
      ? `measured here (${own.when.slice(0, 10)})`
      : `supposed, as of ${CLASSES[classOf(context)]}: --tune measures them`,
    auto: [takes('tanh'), takes('relu')],
  };
}

const CLASSES: Readonly<Partial<Record<MachineClass, string>>> = {
  software: 'a software adapter',
  integrated: "a GPU in the processor's memory",
  discrete: 'a large card',
};

/** Trials for all kinds of problems among the presets. */
async function tuneForPresets(context: GpuContext): Promise<void> {
  const kinds = new Map<string, Kind>();
  for (const preset of Object.keys(PRESETS)) {
    const { problem } = await prepare(resolveConfig({ preset }), filesFor());
    const kind = { ...featureChoiceOf(problem), ...shapeOf(problem) };
    kinds.set(nameOf(kind), kind);
  }
  for (const [name, kind] of kinds) {
    process.stderr.write(`trying ${name} …\n`);
    await tune(context, kind, { ...(NODE_PLATFORM.tunings && { store: NODE_PLATFORM.tunings }) });
  }
}

const choices = (tunings: readonly Tuned[]): string =>
  tunings.map(words).join(`\n${' '.repeat(12)}`) || 'none yet: --tune finds them';
const nameOf = (kind: Kind): string => {
  const { activation, features } = featureChoiceOf(kind);
  const { c, d } = shapeOf(kind);
  return `${spelled(features)}, ${spelled(activation)}, d = ${d}${c > 1 ? `, c = ${c}` : ''}`;
};
const words = ({ p, q, staged, gain, when, ...kind }: Tuned): string =>
  `${nameOf(kind)}: ${p} particles and ${q} points a thread, ${staged > 0 ? `${staged} of which read together, ` : ''}${gain > 0 ? `steps ${Math.round(100 * gain)} % shorter than by the rule` : 'as by the rule'} (${when.slice(0, 10)})`;

function choice(context: GpuContext | Error): { engine: string; because: string } {
  if (context instanceof Error) return { engine: 'cpu', because: 'there is no WebGPU adapter' };
  if (context.software && !NODE_PLATFORM.autoTakesSoftware) {
    return {
      engine: 'cpu',
      because:
        'the only WebGPU adapter is a software one, which is no faster than the float64 engine; --engine webgpu takes it all the same',
    };
  }
  return { engine: 'webgpu', because: `WebGPU adapter ${context.adapter}` };
}

function lines(report: Record<string, unknown>): string {
  const text = (value: unknown): string => {
    if (value === null) return 'none';
    if (Array.isArray(value))
      return value.join(value.some((part) => String(part).includes(',')) ? '; ' : ', ') || 'none';
    if (typeof value === 'object')
      return Object.entries(value as object)
        .map(([name, limit]) => `${name} ${String(limit)}`)
        .join(', ');
    return String(value);
  };
  return Object.entries(report)
    .map(
      ([name, value]) => `${name.padEnd(12)}${name === 'tunings' ? choices(value as Tuned[]) : text(value)}\n`,
    )
    .join('');
}
