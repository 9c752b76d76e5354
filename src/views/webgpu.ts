/** What the views that draw with WebGPU have in common. */
import { CORNERS } from '../../shaders/draw/cover.ts';
import type { PaintPipeline } from '../gpu/pipeline.ts';
import { lookupTable, MAP_STEPS } from './palette.ts';

export function openCanvas(canvas: HTMLCanvasElement, device: GPUDevice): GPUCanvasContext {
  const context = canvas.getContext('webgpu');
  if (!context) throw new Error('this canvas gives no WebGPU context');
  context.configure({ device, format: canvasFormat(), alphaMode: 'opaque' });
  return context;
}

export const canvasFormat = (): GPUTextureFormat => navigator.gpu.getPreferredCanvasFormat();

/** For a colour map, with no colours yet. */
export function createMap(device: GPUDevice): GPUTexture {
  return device.createTexture({
    label: 'colour map',
    size: [MAP_STEPS, 1],
    format: 'rgba8unorm',
    usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
  });
}

/** `range` picks the part of the map to stretch over the texture. */
export function writeMap(device: GPUDevice, texture: GPUTexture, range?: readonly [number, number]): void {
  device.queue.writeTexture({ texture }, lookupTable('viridis', range), {}, [MAP_STEPS, 1]);
}

/** Paints over all of the canvas. */
export function paintOver(
  encoder: GPUCommandEncoder,
  context: GPUCanvasContext,
  { pipeline }: PaintPipeline,
  group: GPUBindGroup,
): void {
  const view = context.getCurrentTexture().createView();
  const pass = encoder.beginRenderPass({ colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }] });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.draw(CORNERS);
  pass.end();
}
