import { describe, expect, it } from 'vitest';
import { ResourceType, WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import * as declared from '../../shaders/bindings.ts';
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
import { everyShader } from '../support/variants.ts';
import type { Struct } from '../../src/gpu/layout.ts';

const isStruct = (value: unknown): value is Struct =>
  typeof value === 'object' && value !== null && 'offsets' in value;
const structs = ([Range, ...Object.values(declared)] as unknown[]).filter(isStruct);
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

const KINDS = { uniform: 'uniform', read: 'read-only-storage', read_write: 'storage' } as const;

describe('the bind group layout', () => {
  it('of every shader is what an independent parser reads in its text', () => {
    for (const { name, bindings, code } of everyShader()) {
      const reflect = new WgslReflect(code);
      const [group] = reflect.getBindGroups();
      const parsed = group.map((variable) => ({
        binding: variable.binding,
        type:
          variable.resourceType === ResourceType.Uniform
            ? KINDS.uniform
            : KINDS[variable.access as 'read' | 'read_write'],
      }));
      const entries = layoutEntries(bindings);
      expect(
        entries.map(({ binding, buffer }) => ({ binding, type: buffer!.type })),
        name,
      ).toEqual(parsed);
      expect(Object.keys(bindings), name).toEqual(group.map((variable) => variable.name));
      const sizes = group.map((variable) => (variable.size > 0 ? variable.size : variable.stride));
      expect(
        entries.map(({ buffer }) => buffer!.minBindingSize),
        name,
      ).toEqual(sizes);
    }
  });

  it('gives only the range another place with each dispatch', () => {
    for (const { name, bindings } of everyShader()) {
      const dynamic = Object.keys(bindings).filter(
        (_, i) => layoutEntries(bindings)[i].buffer!.hasDynamicOffset,
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
