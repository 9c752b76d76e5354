/** Compute pipelines: compiled without blocking, once per source text, with errors that show the source. */
import { groupEntries, layoutEntries } from './layout.ts';
import type { GpuContext } from './device.ts';
import type { Shader } from './layout.ts';

export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}

export interface Pipeline {
  readonly shader: Shader;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

const caches = new WeakMap<GPUDevice, Map<string, Promise<Pipeline>>>();

/** The pipeline of a shader whose entry point is `main`. */
export function compile(context: GpuContext, shader: Shader): Promise<Pipeline> {
  const cache = caches.get(context.device) ?? new Map<string, Promise<Pipeline>>();
  caches.set(context.device, cache);
  const known = cache.get(shader.code);
  if (known) return known;
  const made = build(context, shader);
  cache.set(shader.code, made);
  made.catch(() => cache.delete(shader.code));
  return made;
}

async function build(context: GpuContext, shader: Shader): Promise<Pipeline> {
  const { device } = context;
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: shader.name, code: shader.code });
  const layout = device.createBindGroupLayout({ label: shader.name, entries: layoutEntries(shader.bindings) });
  const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  const work = device.createComputePipelineAsync({
    label: shader.name,
    layout: pipelineLayout,
    compute: { module, entryPoint: 'main' },
  });
  work.catch(() => undefined); // what is wrong is said better below
  const [refused, { messages }] = await Promise.all([
    context.guard(device.popErrorScope()),
    context.guard(module.getCompilationInfo()),
  ]);
  const errors = messages.filter((message) => message.type === 'error');
  if (errors.length > 0) throw new ShaderError(errors.map((error) => explain(shader, error)).join('\n'));
  if (refused) throw new ShaderError(`the layout of shader "${shader.name}" is refused: ${refused.message}`);
  const pipeline = await context.guard(work).catch((error: unknown) => {
    if (context.failed) throw context.failed;
    throw new ShaderError(
      `shader "${shader.name}" makes no pipeline: ${String(error)}\n${numbered(shader.code)}`,
    );
  });
  return { shader, pipeline, layout };
}

function explain(shader: Shader, { lineNum, linePos, message }: GPUCompilationMessage): string {
  return `shader "${shader.name}", line ${lineNum}, column ${linePos}: ${message}\n${numbered(shader.code, lineNum)}`;
}

/** The source with line numbers: all of it, or the lines around one. */
function numbered(code: string, around?: number): string {
  return code
    .split('\n')
    .map((line, index) => ({ number: index + 1, line }))
    .filter(({ number }) => around === undefined || Math.abs(number - around) <= 3)
    .map(({ number, line }) => `${number === around ? '>' : ' '}${String(number).padStart(4)} | ${line}`)
    .join('\n');
}

export function bindGroup(
  device: GPUDevice,
  pipeline: Pipeline,
  buffers: Readonly<Record<string, GPUBuffer>>,
): GPUBindGroup {
  const { shader, layout } = pipeline;
  return device.createBindGroup({
    label: shader.name,
    layout,
    entries: groupEntries(shader.bindings, buffers),
  });
}
