import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Camera, project } from '../../src/views/cloud/camera.ts';
import { PixelDensity } from '../../src/views/cloud/density.ts';
import { packParticles, speedRangeOf } from '../../src/views/cloud/particles.ts';
import { defaultAxes, footprint, haloShare, knee } from '../../src/views/cloud/cloud.ts';
import { decimate, united } from '../../src/views/plots/decimate.ts';
import { logRange } from '../../src/views/plots/log-range.ts';
import { COLOUR_MAPS, lookupTable, parseRgb, THEMES, type ColourMapName } from '../../src/views/palette.ts';
import { contrast, luminance } from '../support/browser/contrast.ts';
import { ticks, tickText } from '../../src/views/plots/ticks.ts';
import { generated } from '../support/generated.ts';

/** Evenly spread numbers: fc.double draws bit patterns, nearly all of them tiny. */
const between = (low: number, high: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 1e6 }).map((k) => low + ((high - low) * k) / 1e6);
const angle = between(-3, 3);
const tilt = between(-1.5, 1.5);
const coordinate = between(-2, 2);
/** float32 entries of the matrix times coordinates up to 2, four terms. */
const ROUNDING = 4e-6;

const turned = (yaw: number, pitch: number): Camera => {
  const camera = new Camera();
  camera.orbit(yaw, pitch);
  return camera;
};

describe('camera', () => {
  it('shows the plane of the first two axes undistorted from the front, whatever the depth', () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, (x, y, z) => {
        const camera = new Camera();
        camera.setScale(2, 2, 0.5);
        const [px, py, w] = project(camera.matrix(1), x, y, z);
        expect(px).toBeCloseTo(x / 2, 5);
        expect(py).toBeCloseTo(y / 2, 5);
        expect(w).toBe(1);
      }),
      generated(100),
    );
  });

  it('turns without stretching: screen x, y and depth keep the distance to the pivot', () => {
    fc.assert(
      fc.property(angle, tilt, coordinate, coordinate, coordinate, (yaw, pitch, x, y, z) => {
        const camera = turned(yaw, pitch);
        camera.perspective = 0;
        const m = camera.matrix(1);
        const rows = [0, 1, 2].map((r) => m[r] * x + m[4 + r] * y + m[8 + r] * z);
        expect(Math.abs(Math.hypot(...rows) - Math.hypot(x, y, z))).toBeLessThan(ROUNDING);
      }),
      generated(100),
    );
  });

  it('keeps the point under the pointer where it is while zooming', () => {
    fc.assert(
      fc.property(angle, tilt, coordinate, coordinate, between(0.2, 5), (yaw, pitch, x, y, factor) => {
        const camera = turned(yaw, pitch);
        camera.pan(0.2, -0.1);
        const [px, py] = project(camera.matrix(1.5), x, y, 0.3);
        camera.zoomBy(factor, px, py);
        const [qx, qy] = project(camera.matrix(1.5), x, y, 0.3);
        expect(Math.hypot(qx - px, qy - py)).toBeLessThan(ROUNDING * factor * 10);
      }),
      generated(100),
    );
  });

  it('draws near things larger once it has turned, and shows one scale along the shorter side', () => {
    const camera = turned(Math.PI / 2, 0);
    const [, near] = project(camera.matrix(1), 1, 0.5, 0);
    const [, far] = project(camera.matrix(1), -1, 0.5, 0);
    expect(Math.max(near, far)).toBeGreaterThan(0.55);
    expect(Math.min(near, far)).toBeLessThan(0.45);
    for (const aspect of [0.5, 2]) {
      const m = new Camera().matrix(aspect);
      expect(Math.max(...[project(m, 1, 0, 0)[0], project(m, 0, 1, 0)[1]])).toBeCloseTo(1, 6);
    }
  });

  it('comes home on reset, refuses empty scales, and only moves by itself when told to spin', () => {
    const camera = new Camera();
    camera.setHome(0.4, 0.2);
    const home = camera.matrix(1.3);
    camera.orbit(1, 0.3);
    camera.pan(0.4, 0.1);
    camera.zoomBy(3);
    expect(camera.advance(1)).toBe(false);
    camera.reset();
    expect(camera.matrix(1.3)).toEqual(home);
    camera.spin = 0.5;
    expect(camera.advance(1)).toBe(true);
    expect(camera.yaw).toBeCloseTo(0.9, 12);
    for (const bad of [0, -1, NaN, Infinity]) expect(() => camera.setScale(bad)).toThrow(/scale/);
  });
});

describe('logarithmic ranges', () => {
  it('are whole decades on inputs that would hang uPlot (40)', () => {
    expect(logRange(0.99e-3, 10)).toEqual([1e-4, 10]);
    expect(logRange(0.95e-6, 1)).toEqual([1e-7, 1]);
    expect(logRange(0, 10)).toEqual([1e-5, 10]);
  });

  it('of a loss that has run away is one that uPlot gives an axis, with the start of the curve in it', () =>
    expect(logRange(0.2, 4e191)).toEqual([0.1, 1e15]));

  it('hold what they are given, end on powers of ten, and span one to sixteen decades (40)', () => {
    const any = fc.oneof(
      fc.double(),
      fc.constantFrom(0, -1, NaN, Infinity, 1e-310, 1e300, 1e-3, 1000),
      between(-12, 6).map((k) => 10 ** k),
    );
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [low, high] = logRange(a, b);
        const decades = [Math.log10(low), Math.log10(high)];
        for (const power of decades) expect(Math.abs(power - Math.round(power))).toBeLessThan(1e-9);
        expect(decades[1] - decades[0]).toBeGreaterThan(0.99);
        expect(decades[1] - decades[0]).toBeLessThan(16.01);
        if (a > 1e-9 && b >= a && b < 1e6) {
          expect(low).toBeLessThanOrEqual(a);
          expect(high).toBeGreaterThanOrEqual(b * (1 - 1e-11));
        }
      }),
      generated(500),
    );
    expect(logRange(null, undefined)).toEqual([1e-3, 1]);
  });
});

describe('decimation', () => {
  const curve = (y: readonly number[]): { x: number[]; y: readonly number[] } => ({ x: y.map((_, i) => i), y });

  it('keeps ends and extremes, order and the limit; every kept point is a point of the curve', () => {
    fc.assert(
      fc.property(fc.array(between(-1e6, 1e6), { minLength: 60, maxLength: 900 }), (y) => {
        const thin = decimate(curve(y), 50);
        expect(thin.x.length).toBeLessThanOrEqual(50);
        expect(Math.max(...thin.y)).toBe(Math.max(...y));
        expect(Math.min(...thin.y)).toBe(Math.min(...y));
        expect([thin.x[0], thin.x.at(-1)]).toEqual([0, y.length - 1]);
        thin.x.forEach((x, i) => {
          expect(thin.y[i]).toBe(y[x]);
          if (i > 0) expect(x).toBeGreaterThan(thin.x[i - 1]);
        });
      }),
      generated(100),
    );
  });

  it('keeps a spike of one step in 100 000, leaves short curves alone and spends points along the given scale', () => {
    const y = Array.from({ length: 100_000 }, (_, i) => (i === 77_777 ? 9 : 1 / (1 + i)));
    expect(decimate(curve(y), 4000).y).toContain(9);
    const short = curve([1, 2, 3]);
    expect(decimate(short, 4000)).toBe(short);
    const early = (c: { x: readonly number[] }): number => c.x.filter((x) => x < 100).length;
    expect(early(decimate(curve(y), 400, (x) => Math.log(Math.max(1, x))))).toBeGreaterThan(
      5 * early(decimate(curve(y), 400)),
    );
  });
});

describe('colours', () => {
  it.each(['dark', 'light'] as const)('of the %s theme are legible', (name) => {
    const theme = THEMES[name];
    // WCAG 2.2: 4.5 for text, 3 for graphics.
    for (const text of [theme.ink, theme.soft]) {
      for (const ground of [theme.ground, theme.panel]) expect(contrast(text, ground)).toBeGreaterThan(4.5);
    }
    for (const mark of [theme.positive, theme.negative, theme.mixed, theme.learned, theme.test]) {
      expect(contrast(mark, theme.ground)).toBeGreaterThan(3);
    }
    for (const text of [theme.learned, theme.test]) expect(contrast(text, theme.faint)).toBeGreaterThan(3);
    // Density reads as lightness: dense is farther from the ground than thin, in both hues.
    for (const [hue, peak] of [
      [theme.positive, theme.positivePeak],
      [theme.negative, theme.negativePeak],
    ]) {
      expect(contrast(peak, theme.ground)).toBeGreaterThan(contrast(hue, theme.ground));
    }
  });

  it('of the two signs differ in blue minus red, which no common colour-blindness hides', () => {
    for (const theme of Object.values(THEMES)) {
      const [orange, blue] = [parseRgb(theme.positive), parseRgb(theme.negative)];
      expect(orange[0] - orange[2]).toBeGreaterThan(0.5);
      expect(blue[2] - blue[0]).toBeGreaterThan(0.5);
    }
  });

  it('of the sequential maps grow lighter from end to end', () => {
    for (const name of Object.keys(COLOUR_MAPS) as ColourMapName[]) {
      const table = lookupTable(name);
      const light = Array.from({ length: 256 }, (_, i) =>
        luminance(`rgb(${table[4 * i]}, ${table[4 * i + 1]}, ${table[4 * i + 2]})`),
      );
      // One step of 8 bits may go back.
      for (let i = 8; i < 256; i++) expect(light[i]).toBeGreaterThan(light[i - 8] - 1 / 255);
      expect(light[255] - light[0]).toBeGreaterThan(0.5);
    }
  });

  it('are refused when they are none', () => {
    expect(parseRgb('#ff8000')).toEqual([1, 128 / 255, 0]);
    expect(() => parseRgb('#zz0000')).toThrow(/colour/);
  });
});

describe('two curves over one list of steps', () => {
  it('keep every point at its step, with a gap where a logarithm has none', () => {
    const train = { x: [0, 1, 2, 2, 5], y: [3, 0, NaN, 2, 1] };
    const test = { x: [1, 4, 5, 9], y: [7, -1, Infinity, 4] };
    expect(united([train, test], -Infinity)).toEqual([
      [0, 1, 2, 4, 5, 9],
      [3, null, 2, undefined, 1, undefined],
      [undefined, 7, undefined, null, null, 4],
    ]);
    expect(united([train], 1)).toEqual([
      [1, 2, 5],
      [null, 2, 1],
    ]);
    expect(united([{ x: [], y: [] }], 0)).toEqual([[], []]);
  });
});

describe('density on the CPU', () => {
  const theta = Float32Array.from([1, 0.205, 0.105, -1, -0.295, 0.395, 2, 0, 0, -2, 0.6, -0.6]);
  const options = { theme: 'dark', colour: 'sign', axes: defaultAxes({ d: 2 }) } as const;
  const particles = packParticles({ theta, speed: null, n: 4, d: 2 }, options);
  const sum = (values: Float32Array, channel: number): number =>
    values.reduce((s, v, i) => (i % 2 === channel ? s + v : s), 0);

  it('packs the drawn axes and the sign of w1', () => {
    expect([...particles.packed.slice(0, 8)].map((v) => Number(v.toFixed(5)))).toEqual([
      0.205, 0.105, 1, 0, -0.295, 0.395, -1, 1,
    ]);
    const flat = packParticles(
      { theta: theta.slice(0, 4), speed: null, n: 2, d: 1 },
      { ...options, axes: defaultAxes({ d: 1 }) },
    );
    expect([...flat.packed.slice(0, 7)]).toEqual([theta[1], theta[0], 0, 0, theta[3], theta[2], 0]);
    const sum = { name: 'sum', spelled: 'u1', weights: [0, 1, 1], size: 1 };
    const turned = packParticles({ theta, speed: null, n: 4, d: 2 }, { ...options, axes: [sum, 0, -1] });
    expect([...turned.packed.slice(0, 3)].map((v) => Number(v.toFixed(5)))).toEqual([0.31, 1, 0]);
  });

  it('conserves particles: each pixel histogram and its halo sum to the counts of both signs', () => {
    // A footprint's weights are normalised as an integral and summed on pixels: the fewer pixels, the rougher.
    for (const [radius, tolerance] of [
      [0, 1e-6],
      [1, 0.13],
      [4, 0.03],
    ] as const) {
      const density = new PixelDensity(64, 64);
      density.fill(particles, new Camera().matrix(1), radius);
      density.spread();
      for (const channel of [0, 1]) {
        expect(Math.abs(sum(density.pixels, channel) / 2 - 1)).toBeLessThan(tolerance);
        expect(sum(density.halo, channel) * 16).toBeCloseTo(sum(density.pixels, channel), 4);
      }
    }
  });

  it('puts a particle into the pixel that its projection names', () => {
    const density = new PixelDensity(100, 100);
    density.fill(particles, new Camera().matrix(1), 0);
    expect(density.pixels[2 * (44 * 100 + 60)]).toBe(1);
    expect(density.pixels[2 * (30 * 100 + 35) + 1]).toBe(1);
  });

  it('measures the range of speeds by percentiles, zeros and NaN left out', () => {
    const speed = Float64Array.from({ length: 1000 }, (_, i) => (i < 10 ? NaN : i / 1000));
    const [low, high] = speedRangeOf(speed);
    expect(low).toBeCloseTo(0.0298, 2);
    expect(high).toBeCloseTo(0.98, 2);
    expect(speedRangeOf(new Float64Array(3))[0]).toBeGreaterThan(0);
  });

  it('spends no more pixel updates than the budget allows, and never makes dots grow with n', () => {
    let before = Infinity;
    for (const n of [1, 100, 1e3, 1e4, 6e4, 1e5, 1e6, 1e7]) {
      const radius = footprint(n, 1, 1.6e6);
      expect(radius).toBeLessThanOrEqual(before);
      if (radius > 0) expect(n * Math.max(4, Math.PI * radius ** 2)).toBeLessThanOrEqual(1.6e6);
      expect(knee(n, radius)).toBeGreaterThan(0);
      expect(haloShare(n)).toBeLessThan(0.33);
      before = radius;
    }
  });
});

describe('ticks', () => {
  it('are round, inside, evenly spaced and about as many as asked', () => {
    fc.assert(
      fc.property(between(-1e4, 1e4), between(1e-3, 1e4), (low, span) => {
        const values = ticks(low, low + span, 6);
        expect(values.length).toBeGreaterThanOrEqual(2);
        expect(values.length).toBeLessThanOrEqual(7);
        const slack = span * 1e-8;
        for (const value of values) expect(value >= low - slack && value <= low + span + slack).toBe(true);
      }),
      generated(100),
    );
    fc.assert(
      fc.property(
        between(-1e4, 1e4),
        between(1e-3, 1e4),
        between(2, 4),
        (low, span, count) => ticks(low, low + span, count).length >= 2,
      ),
      generated(100),
    );
    expect(ticks(0, 1, 5).map(tickText)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
    expect([tickText(-0.5), tickText(1e-7), tickText(250_000)]).toEqual(['−0.5', '1e−7', '2.5e5']);
  });
});
