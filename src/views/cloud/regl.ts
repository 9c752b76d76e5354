/**
 * What WebGL draws the cloud with. The only file that knows regl, which compiles with Function(): a strict page
 * may load it in a worker only.
 */
import createREGL from 'regl';
import type {
  DefaultContext,
  DrawCommand,
  DynamicVariable,
  Framebuffer2D,
  Regl,
  Texture2D,
  Uniform,
} from 'regl';
import type { Buffer as VertexBuffer } from 'regl';
import { blurFragment, coverVertex, reduceFragment, splatFragment, splatVertex, toneFragment } from './glsl.ts';
import { CELL } from '../../../shaders/draw/look.ts';
import { MAP_STEPS } from '../palette.ts';

/** What changes from draw to draw. */
type Props = Record<string, number | number[] | Float32Array>;
type Command = DrawCommand<DefaultContext, Props>;
type Uniforms = Record<string, Framebuffer2D | Texture2D | DynamicVariable<Uniform>>;

/** Densities from this thread. */
export interface Counted {
  readonly pixels: Texture2D;
  readonly halo: Texture2D;
  readonly tone: Command;
}

/** What lives on the GPU and dies with its context. */
export interface Scene {
  readonly regl: Regl;
  readonly vertices: VertexBuffer;
  readonly map: Texture2D;
  readonly pixels: Framebuffer2D;
  readonly cells: Framebuffer2D;
  readonly halo: Framebuffer2D;
  readonly splat: Command;
  readonly reduce: Command;
  readonly blur: Command;
  readonly tone: Command;
  /**
   * In place of `splat`, `reduce` and `blur` where no real GPU draws: this thread counts, which costs a fifth
   * of what points do there.
   */
  readonly counted: Counted | null;
  /** Weight of one particle in a pixel: 1 in floating point, less where 8 bits must hold the sum. */
  readonly unit: number;
  readonly software: boolean;
}

/** Of a texture with what Density counted. */
export const COUNTS = { format: 'luminance alpha', type: 'float' } as const;

export const MAP = {
  width: MAP_STEPS,
  height: 1,
  format: 'rgba',
  type: 'uint8',
  mag: 'linear',
  min: 'linear',
} as const;

/** Gives the targets the size of the canvas. */
export function fit(scene: Scene, { width, height }: OffscreenCanvas): void {
  scene.pixels.resize(width, height);
  for (const target of [scene.cells, scene.halo])
    target.resize(Math.ceil(width / CELL), Math.ceil(height / CELL));
}

/**
 * Throws where the canvas gives no WebGL context. `software`: whether to count in this thread, where the
 * context does not say it.
 */
export function createScene(canvas: OffscreenCanvas, software?: boolean): Scene {
  const attributes = { alpha: false, antialias: false, depth: false, stencil: false };
  const gl = canvas.getContext('webgl', attributes);
  if (!(gl instanceof WebGLRenderingContext)) throw new Error('this browser gives no WebGL context');
  const halves = ['OES_texture_half_float', 'OES_texture_half_float_linear', 'EXT_color_buffer_half_float'];
  const floats = ['OES_texture_float', 'OES_texture_float_linear'];
  const regl = createREGL({ gl, optionalExtensions: [...halves, ...floats] });
  const has = (names: readonly string[]): boolean => names.every((name) => regl.hasExtension(name));
  const half = has(halves);
  const target = (): Framebuffer2D => {
    const color = regl.texture({
      width: 1,
      height: 1,
      type: half ? 'half float' : 'uint8',
      mag: 'linear',
      min: 'linear',
    });
    return regl.framebuffer({ color, depth: false, stencil: false });
  };
  const scene = {
    regl,
    vertices: regl.buffer(0),
    map: regl.texture(MAP),
    pixels: target(),
    cells: target(),
    halo: target(),
  };
  const slow = software ?? isSoftware(gl);
  const counted = slow && has(floats) ? counting(regl, scene.map) : null;
  const full: Scene = { ...scene, ...commands(scene), counted, unit: half ? 1 : 1 / 24, software: slow };
  fit(full, canvas);
  return full;
}

function counting(regl: Regl, map: Texture2D): Counted {
  const pixels = regl.texture({ ...COUNTS, width: 1, height: 1 });
  const halo = regl.texture({ ...COUNTS, width: 1, height: 1 });
  return { pixels, halo, tone: toneCommand(regl, 'xw', { pixels, halo, map }) };
}

function isSoftware(gl: WebGLRenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return /swiftshader|llvmpipe|software|basic render/i.test(
    String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)),
  );
}

type Resources = Pick<Scene, 'regl' | 'vertices' | 'map' | 'pixels' | 'cells' | 'halo'>;

function commands(scene: Resources): Pick<Scene, 'splat' | 'reduce' | 'blur' | 'tone'> {
  const { regl, vertices, map, pixels, cells, halo } = scene;
  const cover = coverWith(regl);
  const props = propsOf(regl);
  return {
    splat: regl<Uniforms, Record<string, VertexBuffer>, Props>({
      vert: splatVertex,
      frag: splatFragment,
      framebuffer: pixels,
      attributes: { particle: vertices },
      uniforms: props('matrix', 'radius', 'unit', 'bySpeed'),
      primitive: 'points',
      count: regl.prop<Record<string, number>, string>('count'),
      depth: { enable: false },
      blend: { enable: true, func: { src: 'one', dst: 'one' } },
    }),
    reduce: cover(reduceFragment, cells, { image: pixels, ...props('size') }),
    blur: cover(blurFragment, halo, { image: cells, ...props('size') }),
    tone: toneCommand(regl, 'xy', { pixels, halo, map }),
  };
}

const propsOf =
  (regl: Regl) =>
  (...names: readonly string[]): Uniforms =>
    Object.fromEntries(names.map((name) => [name, regl.prop<Record<string, Uniform>, string>(name)]));

/** A pass over all pixels. */
const coverWith =
  (regl: Regl) =>
  (frag: string, framebuffer: Framebuffer2D | null, uniforms: Uniforms): Command =>
    regl<Uniforms, Record<string, number[]>, Props>({
      vert: coverVertex,
      frag,
      framebuffer,
      uniforms,
      attributes: { corner: [-1, -1, 3, -1, -1, 3] },
      count: 3,
      depth: { enable: false },
    });

function toneCommand(regl: Regl, pair: 'xy' | 'xw', textures: Uniforms): Command {
  const colours = ['ground', 'positive', 'positivePeak', 'negative', 'negativePeak', 'mixed'];
  return coverWith(regl)(toneFragment(pair), null, {
    ...textures,
    ...propsOf(regl)('cells', 'unit', 'bend', 'scale', 'haloPart', 'gain', 'bySpeed', ...colours),
  });
}
