/**
 * The memory layout of whatever a shader and the host share, declared once: from one declaration come the WGSL
 * text, the byte offsets, the packing and the bind group layout. Sizes and alignments follow the WGSL
 * specification's "Alignment and Size".
 */

interface Shape {
  readonly align: number;
  readonly size: number;
  readonly words: Uint32ArrayConstructor | Int32ArrayConstructor | Float32ArrayConstructor;
}

const TYPES = {
  f32: { align: 4, size: 4, words: Float32Array },
  i32: { align: 4, size: 4, words: Int32Array },
  u32: { align: 4, size: 4, words: Uint32Array },
  'atomic<u32>': { align: 4, size: 4, words: Uint32Array },
  vec2f: { align: 8, size: 8, words: Float32Array },
  vec2u: { align: 8, size: 8, words: Uint32Array },
  vec3f: { align: 16, size: 12, words: Float32Array },
  vec3i: { align: 16, size: 12, words: Int32Array },
  vec4f: { align: 16, size: 16, words: Float32Array },
  vec4u: { align: 16, size: 16, words: Uint32Array },
  mat4x4f: { align: 16, size: 64, words: Float32Array },
} as const satisfies Record<string, Shape>;

export type FieldType = keyof typeof TYPES;
export type Fields = Readonly<Record<string, FieldType>>;
export type Values<F extends Fields> = { readonly [K in keyof F]: number | ArrayLike<number> };

/** Of so many values one after the other. */
export const bytesOf = (type: FieldType, count: number): number => count * TYPES[type].size;

export interface Struct<F extends Fields = Fields> {
  readonly name: string;
  /** Bytes, rounded up to the struct's alignment. */
  readonly size: number;
  /** Byte offset of each field. */
  readonly offsets: { readonly [K in keyof F]: number };
  readonly wgsl: string;
  /** The bytes of one value, or of several one after the other at a pitch of `size`. */
  pack(values: Values<F>): ArrayBuffer;
}

export function struct<F extends Fields>(name: string, fields: F): Struct<F> {
  const offsets: Record<string, number> = {};
  let end = 0;
  let align = 4;
  for (const [key, type] of Object.entries(fields)) {
    const shape = TYPES[type];
    offsets[key] = roundUp(end, shape.align);
    end = offsets[key] + shape.size;
    align = Math.max(align, shape.align);
  }
  const size = roundUp(end, align);
  const lines = Object.entries(fields).map(([key, type]) => `  ${key}: ${type},`);
  const pack = (values: Values<F>): ArrayBuffer => {
    const bytes = new ArrayBuffer(size);
    for (const [key, type] of Object.entries(fields)) {
      const { words, size: length } = TYPES[type];
      const value = values[key];
      new words(bytes, offsets[key], length / 4).set(typeof value === 'number' ? [value] : value);
    }
    return bytes;
  };
  return {
    name,
    size,
    offsets: offsets as Struct<F>['offsets'],
    wgsl: `struct ${name} {\n${lines.join('\n')}\n}`,
    pack,
  };
}

export type Access = 'uniform' | 'read' | 'write';

/** A binding of a shader: a buffer, or a thing whose layout is the GPU's own. */
export type Binding = BufferBinding | OpaqueBinding;

/** A struct, or a run-time sized array of one type. */
export interface BufferBinding {
  readonly access: Access;
  readonly struct?: Struct;
  readonly type: string;
  /** The binding's place in the buffer is given with each dispatch. */
  readonly dynamic: boolean;
  readonly bytes: number;
}

export interface OpaqueBinding {
  readonly type: string;
  readonly kind: Pick<GPUBindGroupLayoutEntry, 'texture' | 'storageTexture' | 'sampler'>;
}

export const uniform = <F extends Fields>(of: Struct<F>, dynamic = false): BufferBinding =>
  bind('uniform', of, dynamic);
/** Read-only storage: an array of structs. */
export const table = (of: Struct): BufferBinding => ({ ...bind('read', of, false), type: `array<${of.name}>` });
/** Read-only storage. */
export const input = (of: Struct | FieldType): BufferBinding => bind('read', of, false);
/** Storage that the shader writes (WGSL's read_write: a write-only storage buffer does not exist). */
export const output = (of: Struct | FieldType): BufferBinding => bind('write', of, false);

function bind(access: Access, of: Struct | FieldType, dynamic: boolean): BufferBinding {
  return typeof of === 'string'
    ? { access, type: `array<${of}>`, dynamic, bytes: TYPES[of].size }
    : { access, struct: of, type: of.name, dynamic, bytes: of.size };
}

/** A texture of floats that the shader loads or samples. */
export const texture: OpaqueBinding = { type: 'texture_2d<f32>', kind: { texture: {} } };
export const sampler: OpaqueBinding = { type: 'sampler', kind: { sampler: {} } };
/** A texture of that format that the shader writes. */
export const image = (format: GPUTextureFormat): OpaqueBinding => ({
  type: `texture_storage_2d<${format}, write>`,
  kind: { storageTexture: { access: 'write-only', format } },
});

const SPACES: Record<Access, string> = {
  uniform: 'uniform',
  read: 'storage, read',
  write: 'storage, read_write',
};
const KINDS: Record<Access, GPUBufferBindingType> = {
  uniform: 'uniform',
  read: 'read-only-storage',
  write: 'storage',
};
/** GPUShaderStage's numbers: a layout may be looked at where there is no WebGPU. */
const STAGES = { fragment: 2, compute: 4 } as const;
/** What sees a shader's bindings. */
export type Stage = keyof typeof STAGES;

export type Bindings = Readonly<Record<string, Binding>>;

/** WGSL declarations of the structs and variables of bind group 0, numbered in order. */
export function declare(bindings: Bindings): string {
  const structs = Object.values(bindings).flatMap((b) => ('kind' in b || !b.struct ? [] : [b.struct.wgsl]));
  const variables = Object.entries(bindings).map(
    ([name, b], index) => `@group(0) @binding(${index}) var${spaceOf(b)} ${name}: ${b.type};`,
  );
  return [...new Set(structs), ...variables].join('\n');
}

const spaceOf = (b: Binding): string => ('kind' in b ? '' : `<${SPACES[b.access]}>`);

export function layoutEntries(bindings: Bindings, stage: Stage = 'compute'): GPUBindGroupLayoutEntry[] {
  return Object.values(bindings).map((b, binding) => ({ binding, visibility: STAGES[stage], ...kindOf(b) }));
}

function kindOf(b: Binding): Omit<GPUBindGroupLayoutEntry, 'binding' | 'visibility'> {
  if ('kind' in b) return b.kind;
  return { buffer: { type: KINDS[b.access], hasDynamicOffset: b.dynamic, minBindingSize: b.bytes } };
}

/** What stands behind a binding. */
export type Resource = GPUBuffer | GPUTextureView | GPUSampler;
/** By the binding's name. */
export type Resources = Readonly<Record<string, Resource>>;

/** Every binding must be given. A dynamic binding sees one struct's bytes at a time. */
export function groupEntries(bindings: Bindings, resources: Resources): GPUBindGroupEntry[] {
  return Object.entries(bindings).map(([name, b], binding) => {
    const given = resources[name];
    if (!given) throw new Error(`nothing is given for the binding "${name}"`);
    if (!isBuffer(given)) return { binding, resource: given };
    const one = 'dynamic' in b && b.dynamic;
    return { binding, resource: one ? { buffer: given, size: b.bytes } : { buffer: given } };
  });
}

const isBuffer = (resource: Resource): resource is GPUBuffer => 'getMappedRange' in resource;

/**
 * Threads first … end − 1 of a pass are one dispatch's share of them; every shader that is cut into dispatches
 * has this uniform.
 */
export const Range = struct('Range', { first: 'u32', end: 'u32' });

/** A compute shader: its text with the bindings declared in it, and the name that errors call it by. */
export interface Shader {
  readonly name: string;
  readonly bindings: Bindings;
  readonly code: string;
  readonly stage?: 'compute';
}

/** A shader that paints: `cover` places the corners of triangles, and `paint`, which sees the bindings, colours. */
export interface PaintShader extends Omit<Shader, 'stage'> {
  readonly stage: 'fragment';
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
