import { beforeAll, describe, expect, it } from 'vitest';
import { openNullDevice } from '../../src/cli/machine/dawn.ts';
import { openDevice } from '../../src/gpu/device.ts';
import { ShaderError, compile, compilePaint } from '../../src/gpu/pipeline.ts';
import { tone } from '../../shaders/draw/tone.ts';
import { forward } from '../../shaders/forward.ts';
import { update } from '../../shaders/update.ts';
import { everyPaintShader, everyShader } from '../support/variants.ts';
import type { GpuContext } from '../../src/gpu/device.ts';
import type { PaintShader, Shader } from '../../src/gpu/layout.ts';

/** Dawn's null backend has the compiler and all validation of a real one, and needs no GPU. */
let gpu: GpuContext;
beforeAll(async () => {
  const nothing = await openNullDevice();
  const context = nothing && (await openDevice(nothing));
  if (!context) throw new Error('Dawn is not installed: shaders cannot be checked');
  gpu = context;
});

const errorOf = (shader: Shader | PaintShader): Promise<unknown> =>
  (shader.stage === 'fragment' ? compilePaint(gpu, shader, 'rgba8unorm') : compile(gpu, shader)).then(
    () => null,
    (error: unknown) => error,
  );

describe('shaders', () => {
  const shaders = [...everyShader(), ...everyPaintShader()];

  it(`compile, every one of ${shaders.length} variants (18)`, async () => {
    const errors = await Promise.all(shaders.map(errorOf));
    expect(errors.filter((error) => error !== null)).toEqual([]);
  });

  it('have distinct names, so that an error says which', () => {
    expect(new Set(shaders.map(({ code }) => code)).size).toBe(new Set(shaders.map(({ name }) => name)).size);
  });

  it('contain no literal that WGSL lacks', () => {
    const odd = shaders.filter(({ code }) => /undefined|NaN|Infinity|\[object|\bnull\b/.test(code));
    expect(odd.map(({ name }) => name)).toEqual([]);
  });
});

describe('a broken shader', () => {
  const sources = [
    forward({ activation: 'tanh', d: 2, q: 4 }),
    update({ method: 'direct', activation: 'gelu', d: 17, p: 1, first: true, last: false, speed: true }),
    tone(),
  ];

  it('is reported with its name, the line and the text of the line (17)', async () => {
    const { name, code, bindings } = sources[0];
    const error = await errorOf({ name, bindings, code: code.replace('let slice =', 'let slice') });
    expect(error).toBeInstanceOf(ShaderError);
    const line = code.split('\n').findIndex((text) => text.includes('let slice =')) + 1;
    expect(String(error)).toContain(`shader "${name}", line ${line}, column`);
    expect(String(error)).toMatch(new RegExp(`> +${line} \\|.*let slice stretch`));
  });

  it.each(sources)(
    'is reported whichever bracket, semicolon or declaration of "$name" is lost (17)',
    async (shader) => {
      const { name, code } = shader;
      const places = [...code.matchAll(/[(){}]|;(?=\n)|\b(?:let|var|fn) \w+/g)].filter((_, i) => i % 9 === 0);
      const broken = places.map(
        ({ index, 0: token }) => code.slice(0, index) + code.slice(index + token.length),
      );
      const errors = await Promise.all(broken.map((text) => errorOf({ ...shader, code: text })));
      const silent = errors.flatMap((error, i) =>
        String(error).includes(`"${name}"`) ? [] : [`${places[i][0]} at ${places[i].index}: ${error}`],
      );
      expect(places.length).toBeGreaterThan(10);
      expect(silent).toEqual([]);
    },
  );

  it('is reported when its bindings are not those of its layout', async () => {
    const { name, code } = sources[0];
    const error = await errorOf({ name, code: `${code}\n`, bindings: { range: sources[0].bindings.range } });
    expect(String(error)).toContain(`shader "${name}" makes no pipeline`);
  });
});
