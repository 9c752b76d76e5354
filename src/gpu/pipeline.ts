/** Pipelines: compiled without blocking, once per source text, with errors that show the source. */
import { groupEntries, layoutEntries } from './layout.ts';
import type { GpuContext } from './device.ts';
import type { PaintShader, Resources, Shader } from './layout.ts';

export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}

/** A shader that is compiled, and how resources are bound to it. */
export interface Compiled<Of extends Shader | PaintShader, Made> {
  readonly shader: Of;
  readonly pipeline: Made;
  readonly layout: GPUBindGroupLayout;
}
export type Pipeline = Compiled<Shader, GPUComputePipeline>;
export type PaintPipeline = Compiled<PaintShader, GPURenderPipeline>;

/** How a module becomes a pipeline. */
type Make<Made> = (
  device: GPUDevice,
  module: GPUShaderModule,
  named: { readonly label: string; readonly layout: GPUPipelineLayout },
) => Promise<Made>;

/** By device and key; what fails is not kept. */
type Cache<P> = WeakMap<GPUDevice, Map<string, Promise<P>>>;
const computing: Cache<Pipeline> = new WeakMap();
const painting: Cache<PaintPipeline> = new WeakMap();

/** The pipeline of a shader whose entry point is `main`. */
export function compile(context: GpuContext, shader: Shader): Promise<Pipeline> {
  return kept(computing, context.device, shader.code, () =>
    build(context, shader, (device, module, named) =>
      device.createComputePipelineAsync({ ...named, compute: { module, entryPoint: 'main' } }),
    ),
  );
}

/** The pipeline of a shader that paints on a texture of that format. */
export function compilePaint(
  context: GpuContext,
  shader: PaintShader,
  format: GPUTextureFormat,
): Promise<PaintPipeline> {
  return kept(painting, context.device, `${format} ${shader.code}`, () =>
    build(context, shader, (device, module, named) =>
      device.createRenderPipelineAsync({
        ...named,
        vertex: { module, entryPoint: 'cover' },
        fragment: { module, entryPoint: 'paint', targets: [{ format }] },
      }),
    ),
  );
}

function kept<P>(cache: Cache<P>, device: GPUDevice, key: string, make: () => Promise<P>): Promise<P> {
  const ours = cache.get(device) ?? new Map<string, Promise<P>>();
  cache.set(device, ours);
  const known = ours.get(key);
  if (known) return known;
  const made = make();
  ours.set(key, made);
  made.catch(() => ours.delete(key));
  return made;
}

async function build<Of extends Shader | PaintShader, Made>(
  context: GpuContext,
  shader: Of,
  make: Make<Made>,
): Promise<Compiled<Of, Made>> {
  const { device } = context;
  const { name: label, code, bindings, stage } = shader;
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label, code });
  const layout = device.createBindGroupLayout({ label, entries: layoutEntries(bindings, stage) });
  const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  const work = make(device, module, { label, layout: pipelineLayout });
  work.catch(() => undefined); // what is wrong is said better below
  const [refused, { messages }] = await Promise.all([
    context.guard(device.popErrorScope(), 'compiler'),
    context.guard(module.getCompilationInfo(), 'compiler'),
  ]);
  const errors = messages.filter((message) => message.type === 'error');
  if (errors.length > 0) throw new ShaderError(errors.map((error) => explain(shader, error)).join('\n'));
  if (refused) throw new ShaderError(`the layout of shader "${label}" is refused: ${refused.message}`);
  const pipeline = await context.guard(work, 'compiler').catch((error: unknown) => {
    if (context.failed) throw context.failed;
    throw new ShaderError(`shader "${label}" makes no pipeline: ${String(error)}\n${numbered(code)}`);
  });
  return { shader, pipeline, layout };
}

type Named = Pick<Shader, 'name' | 'code'>;

function explain({ name, code }: Named, { lineNum, linePos, message }: GPUCompilationMessage): string {
  return `shader "${name}", line ${lineNum}, column ${linePos}: ${message}\n${numbered(code, lineNum)}`;
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
  { shader, layout }: Pipeline | PaintPipeline,
  resources: Resources,
): GPUBindGroup {
  return device.createBindGroup({
    label: shader.name,
    layout,
    entries: groupEntries(shader.bindings, resources),
  });
}
