import { describe, expect, it } from 'vitest';
import { ResourceType, WgslReflect, type VariableInfo } from 'wgsl_reflect/wgsl_reflect.module.js';
import * as declared from '../../shaders/bindings.ts';
import * as drawn from '../../shaders/draw/bindings.ts';
import { FieldFrame } from '../../shaders/draw/field.ts';
import {
  Range,
  declare,
  groupEntries,
  input,
  layoutEntries,
  output,
  struct,
  uniform,
} from '../../src/gpu/layout.ts';
import { everyPaintShader, everyShader } from '../support/variants.ts';
import type { PaintShader, Shader, Struct } from '../../src/gpu/layout.ts';

const isStruct = (value: unknown): value is Struct =>
  typeof value === 'object' && value !== null && 'offsets' in value;
const structs = ([Range, FieldFrame, ...Object.values(declared), ...Object.values(drawn)] as unknown[]).filter(
  isStruct,
);
const awkward = struct('Awkward', {
  a: 'f32',
  b: 'vec2f',
  c: 'u32',
  d: 'vec4f',
  e: 'vec2u',
  f: 'i32',
  g: 'vec4u',
  h: 'atomic<u32>',
  i: 'vec3f',
  j: 'f32',
  k: 'vec3i',
  l: 'mat4x4f',
});

describe('a declared struct', () => {
  it.each([...structs, awkward])(
    '$name lies in memory as an independent WGSL parser says',
    ({ name, wgsl, offsets, size }) => {
      const [parsed] = new WgslReflect(wgsl).structs;
      expect(parsed.name).toBe(name);
      expect(Object.fromEntries(parsed.members.map((member) => [member.name, member.offset]))).toEqual(offsets);
      expect(parsed.size).toBe(size);
    },
  );

  it('packs each value where the parser finds its member', () => {
    const bytes = awkward.pack({
      a: 1,
      b: [2, 3],
      c: 4,
      d: [5, 6, 7, 8],
      e: [9, 10],
      f: -11,
      g: [12, 13, 14, 15],
      h: 16,
      i: [17, 18, 19],
      j: 20,
      k: [-21, -22, -23],
      l: Array.from({ length: 16 }, (_, i) => 24 + i),
    });
    const [parsed] = new WgslReflect(awkward.wgsl).structs;
    const at = (member: string): number => parsed.members.find(({ name }) => name === member)!.offset;
    const view = new DataView(bytes);
    expect(bytes.byteLength).toBe(parsed.size);
    expect([
      view.getFloat32(at('a'), true),
      view.getFloat32(at('b') + 4, true),
      view.getUint32(at('c'), true),
    ]).toEqual([1, 3, 4]);
    expect([
      view.getFloat32(at('d') + 12, true),
      view.getUint32(at('e'), true),
      view.getInt32(at('f'), true),
    ]).toEqual([8, 9, -11]);
    expect([view.getUint32(at('g') + 8, true), view.getUint32(at('h'), true)]).toEqual([14, 16]);
    expect([view.getFloat32(at('i') + 8, true), view.getFloat32(at('j'), true)]).toEqual([19, 20]);
    expect([view.getInt32(at('k') + 8, true), view.getFloat32(at('l') + 60, true)]).toEqual([-23, 39]);
  });
});

/** GPUShaderStage's numbers, as the specification has them. */
const [FRAGMENT, COMPUTE] = [2, 4];
const BUFFERS = [ResourceType.Uniform, ResourceType.Storage];
const KINDS = { read: 'read-only-storage', read_write: 'storage' } as const;

/** The kind of a variable, as the parser says; and of an entry, in the same words. */
function parsedKind({ resourceType, access, type }: VariableInfo): string {
  if (resourceType === ResourceType.Uniform) return 'uniform';
  if (resourceType === ResourceType.Storage) return KINDS[access as 'read' | 'read_write'];
  const name = type.getTypeName();
  return resourceType === ResourceType.StorageTexture ? `${name}, ${access}` : name;
}

function kindOf({ buffer, storageTexture, texture }: Omit<GPUBindGroupLayoutEntry, 'binding'>): string {
  if (buffer) return buffer.type!;
  if (storageTexture)
    return `texture_storage_2d<${storageTexture.format}>, ${storageTexture.access!.split('-')[0]}`;
  return texture ? 'texture_2d<f32>' : 'sampler';
}

/** Of shaders with the same bindings and the same declarations in their texts, the first: parsing takes long. */
function declaring<S extends Shader | PaintShader>(shaders: readonly S[]): S[] {
  const first = new Map<string, S>();
  for (const shader of shaders) {
    const { bindings, code, stage } = shader;
    const said = code.match(/^@(group|compute|fragment|vertex).*|^struct [^}]*/gm);
    const key = JSON.stringify([Object.entries(bindings), layoutEntries(bindings, stage), said]);
    if (!first.has(key)) first.set(key, shader);
  }
  return [...first.values()];
}

describe('the bind group layout', () => {
  const computing = everyShader();

  it('of every shader is what an independent parser reads in its text', () => {
    for (const { name, bindings, code, stage } of declaring([...computing, ...everyPaintShader()])) {
      const reflect = new WgslReflect(code);
      const [group] = reflect.getBindGroups();
      const entries = layoutEntries(bindings, stage);
      expect(
        entries.map(({ binding, ...entry }) => ({ binding, kind: kindOf(entry) })),
        name,
      ).toEqual(group.map((variable) => ({ binding: variable.binding, kind: parsedKind(variable) })));
      expect(new Set(entries.map(({ visibility }) => visibility)), name).toEqual(
        new Set([code.includes('@fragment') ? FRAGMENT : COMPUTE]),
      );
      expect(Object.keys(bindings), name).toEqual(group.map((variable) => variable.name));
      const buffers = group.filter(({ resourceType }) => BUFFERS.includes(resourceType));
      expect(
        entries.flatMap(({ buffer }) => (buffer ? [buffer.minBindingSize] : [])),
        name,
      ).toEqual(buffers.map(({ size, stride }) => (size > 0 ? size : stride)));
    }
  });

  it('gives only the range another place with each dispatch', () => {
    for (const { name, bindings } of computing) {
      const dynamic = Object.keys(bindings).filter(
        (_, i) => layoutEntries(bindings)[i].buffer?.hasDynamicOffset,
      );
      expect(dynamic, name).toEqual('range' in bindings ? ['range'] : []);
    }
  });

  it('names the binding that has no buffer', () => {
    const bindings = { range: uniform(Range, true), x: input('vec4f'), f: output('f32') };
    expect(declare(bindings)).toContain('@group(0) @binding(2) var<storage, read_write> f: array<f32>;');
    expect(() => groupEntries(bindings, {})).toThrow('"range"');
  });
});
