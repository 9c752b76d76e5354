/** Paints f straight from a GPU buffer of k × k f32: one pass over the picture, nothing is read back. */
import { CONTOURS } from './field.ts';
import type { FieldPainter } from './field.ts';
import { lookupTable } from '../palette.ts';
import type { ThemeName } from '../palette.ts';
import type { Range } from '../plots/frame.ts';

const FRAME_BYTES = 32;

const source = /* wgsl */ `
struct Frame {
  // Low end and reciprocal length of the colours' range, pixels across and down.
  scale: vec4f,
  // Grid points along a side.
  k: vec4u,
}
@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> f: array<f32>;
@group(0) @binding(2) var map: texture_2d<f32>;

@vertex
fn cover(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// f on [0, 1] of the range, bilinear; the bottom of the picture is row 0 of the grid.
fn level(pixel: vec2f) -> f32 {
  let k = frame.k.x;
  let at = vec2f(pixel.x / frame.scale.z, 1.0 - pixel.y / frame.scale.w) * f32(k - 1u);
  let low = vec2u(clamp(at, vec2f(0.0), vec2f(f32(k - 1u))));
  let high = min(low + 1u, vec2u(k - 1u));
  let t = at - vec2f(low);
  let under = mix(f[low.y * k + low.x], f[low.y * k + high.x], t.x);
  let over = mix(f[high.y * k + low.x], f[high.y * k + high.x], t.x);
  return (mix(under, over, t.y) - frame.scale.x) * frame.scale.y;
}

@fragment
fn paint(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let here = level(position.xy);
  let band = floor(here * ${CONTOURS}.0);
  let right = floor(level(position.xy + vec2f(1.0, 0.0)) * ${CONTOURS}.0);
  let below = floor(level(position.xy + vec2f(0.0, 1.0)) * ${CONTOURS}.0);
  let shade = select(1.0, 0.82, band != right || band != below);
  let colour = textureLoad(map, vec2i(i32(round(255.0 * clamp(here, 0.0, 1.0))), 0), 0).rgb;
  return vec4f(shade * colour, 1.0);
}
`;

export class FieldWebGpu implements FieldPainter<GPUBuffer> {
  private readonly context: GPUCanvasContext;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipeline: GPURenderPipeline;
  private readonly uniforms: GPUBuffer;
  private readonly map: GPUTexture;
  private bound: { grid: GPUBuffer; group: GPUBindGroup } | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly device: GPUDevice,
  ) {
    const context = canvas.getContext('webgpu');
    if (!context) throw new Error('this canvas gives no WebGPU context');
    this.context = context;
    const format = navigator.gpu.getPreferredCanvasFormat();
    context.configure({ device, format, alphaMode: 'opaque' });
    this.layout = device.createBindGroupLayout({
      label: 'field',
      entries: [
        { binding: 0, visibility: GPUShaderStage.FRAGMENT, buffer: { type: 'uniform' } },
        { binding: 1, visibility: GPUShaderStage.FRAGMENT, buffer: { type: 'read-only-storage' } },
        { binding: 2, visibility: GPUShaderStage.FRAGMENT, texture: {} },
      ],
    });
    const module = device.createShaderModule({ label: 'field', code: source });
    this.pipeline = device.createRenderPipeline({
      label: 'field',
      layout: device.createPipelineLayout({ bindGroupLayouts: [this.layout] }),
      vertex: { module, entryPoint: 'cover' },
      fragment: { module, entryPoint: 'paint', targets: [{ format }] },
    });
    this.uniforms = device.createBuffer({
      label: 'field uniforms',
      size: FRAME_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.map = device.createTexture({
      label: 'field colour map',
      size: [256, 1],
      format: 'rgba8unorm',
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    device.queue.writeTexture({ texture: this.map }, lookupTable('viridis'), {}, [256, 1]);
  }

  paint(
    grid: GPUBuffer,
    k: number,
    [low, high]: Range,
    _theme: ThemeName,
    [width, height]: readonly [number, number],
  ): void {
    if (this.canvas.width !== width || this.canvas.height !== height)
      Object.assign(this.canvas, { width, height });
    const frame = new ArrayBuffer(FRAME_BYTES);
    new Float32Array(frame).set([low, 1 / (high - low), width, height]);
    new Uint32Array(frame, 16).set([k]);
    this.device.queue.writeBuffer(this.uniforms, 0, frame);
    if (this.bound?.grid !== grid) this.bound = { grid, group: this.bind(grid) };
    const encoder = this.device.createCommandEncoder({ label: 'field' });
    const view = this.context.getCurrentTexture().createView();
    const pass = encoder.beginRenderPass({ colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }] });
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.bound.group);
    pass.draw(3);
    pass.end();
    this.device.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    this.uniforms.destroy();
    this.map.destroy();
    this.bound = null;
    this.context.unconfigure();
  }

  private bind(grid: GPUBuffer): GPUBindGroup {
    const resources: GPUBindingResource[] = [
      { buffer: this.uniforms },
      { buffer: grid },
      this.map.createView(),
    ];
    return this.device.createBindGroup({
      layout: this.layout,
      entries: resources.map((resource, binding) => ({ binding, resource })),
    });
  }
}
