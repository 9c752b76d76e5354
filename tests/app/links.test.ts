import { describe, expect, it } from 'vitest';
import { FIGURE_IDS } from '../../src/app/figures/ids.ts';
import { CHAPTER_IDS } from '../../src/app/lecture/ids.ts';
import { cameraOf, choiceOfCamera } from '../../src/app/links/camera.ts';
import { KeptData } from '../../src/app/links/kept-data.ts';
import { formatLink, parseLink } from '../../src/app/links/link.ts';
import { Camera } from '../../src/views/cloud/camera.ts';
import { MODES, usualView, type View } from '../../src/app/links/view.ts';
import { Mark } from '../../src/app/run/mark.ts';
import { mergeConfig, type Config, type ConfigInput } from '../../src/core/config/config.ts';
import type { Table } from '../../src/core/datasets.ts';
import { hostileLink } from '../support/hostile/links.ts';
import { PRESET_NAMES, resolveConfig } from '../../src/experiments/presets.ts';
import { seeded } from '../support/seeded.ts';

const WHOLE = 'preset=moons&model.width=96&dynamics.dt=0.25&mode=present';

describe('a link that was passed on', () => {
  it.each([
    ['with & as HTML writes it', WHOLE.replaceAll('&', '&amp;')],
    ['twice', WHOLE.replaceAll('&', '&amp;amp;')],
    ['with what counts its visitors', `utm_source=mail&${WHOLE}&utm_campaign=x&fbclid=abc`],
    ['with empty parts', `&${WHOLE}&&=&`],
  ])('%s is the same link', (_name, text) => {
    expect(parseLink(`#${text}`)).toEqual(parseLink(`#${WHOLE}`));
    expect(parseLink(`#${text}`).notice).toBe('');
  });

  it.each([
    ['model.depth=3', /model\.depth = 3 could not be used: model\.depth is not a field/],
    ['model=5', /model = 5 could not be used/],
    ['dynamics.steps=%E0%A4', /dynamics\.steps = .* could not be used/],
    ['chapter=lazy', /chapter = lazy could not be used: chapter = "lazy" is not one of/],
    ['figures=fit,nothing', /figures = fit,nothing could not be used/],
    ['axes=1,2', /axes = 1,2 could not be used: axes = "1,2": write three of/],
    ['axes=none,1,2', /axes = none,1,2 could not be used/],
    ['axes=p4@1,1,2', /"p4@1" is no axis: write three of/],
    ['axes=u9,1,2', /"u9" is no axis: write three of: .*, u1 … u8 for a direction on which the target/],
    ['axes=1,2,u0', /"u0" is no axis/],
    ['stretch=w2', /stretch = w2 could not be used: stretch = "w2" is not one of none, w1, w0/],
    ['camera=1,2,3', /camera = 1,2,3 could not be used: camera = "1,2,3": write degrees to the right/],
    ['camera=0,91,1,0,0', /camera = 0,91,1,0,0 could not be used/],
    ['camera=0,0,1,1e99,0', /camera = 0,0,1,1e99,0 could not be used/],
    ['camera=0,0,0,0,0', /camera = 0,0,0,0,0 could not be used/],
    ['camera=0,,1,0,0', /camera = 0,,1,0,0 could not be used/],
    ['colour=blue', /colour = blue could not be used: colour = "blue" is not one of sign, speed/],
    ['against=0', /against = "0" is no input: give its number, from 1 on/],
    ['initial.w1={"law":"normal"', /initial\.w1 = .* could not be used/],
    ['__proto__.x=1', /__proto__\.x = 1 could not be used/],
    ['constructor=1', /constructor = 1 could not be used/],
    ['dynamics.integrator=verlet', /dynamics\.integrator = verlet could not be used/],
    [`parameterization=${'n'.repeat(500)}`, /parameterization = n{39}… could not be used/],
  ])('with %s keeps the rest, and says what was left out', (bad, sentence) => {
    for (const text of [`${bad}&${WHOLE}`, `${WHOLE}&${bad}`]) {
      const { input, view, notice } = parseLink(`#${text}`);
      expect(notice).toMatch(sentence);
      expect(notice.match(/could not be used/g)).toHaveLength(1);
      expect(view.mode).toBe('present');
      expect(resolveConfig(input)).toEqual(resolveConfig(parseLink(`#${WHOLE}`).input));
    }
  });

  it('keeps what only goes together, in whatever order', () => {
    const momentum = 'dynamics.momentum={"beta":0.5}';
    const euler = 'dynamics.integrator=euler';
    for (const text of [`${momentum}&${euler}&nothing=1`, `nothing=1&${euler}&${momentum}`])
      expect(parseLink(`#preset=moons&${text}`)).toMatchObject({
        input: { dynamics: { integrator: 'euler', momentum: { beta: 0.5 } } },
        notice: expect.stringMatching(/^Of the link, nothing = 1 could/),
      });
  });

  it('of parts that contradict each other keeps the first', () => {
    const { input, notice } = parseLink('#dynamics.integrator=rk4&dynamics.momentum={"beta":0.5}');
    expect(input.dynamics).toEqual({ integrator: 'rk4' });
    expect(notice).toMatch(/dynamics\.momentum = .* could not be used/);
  });

  it('names three parts, and counts the others', () => {
    expect(parseLink('#a=1&b=2&c=3&d=4&e=5').notice).toMatch(
      /^Of the link, a = 1, b = 2, c = 3 and 2 more could/,
    );
  });
});

it.each([
  { axes: [3, 1, -1], colour: 'speed', against: 4 },
  { axes: [{ place: 0, step: 0 }, 2, { place: 2, step: 12345 }], colour: 'sign', against: 0 },
  { axes: [{ target: 0 }, { target: 7 }, { place: 1, step: 9 }], stretch: 'w0' },
  { axes: [2, { target: 1 }, -1], stretch: 'none' },
  { camera: { yaw: 24.25, pitch: -90, zoom: 1e-3, panX: -0.5, panY: 1.25e-7 } },
  { axes: null, stretch: null, camera: null, colour: null, against: null },
] as const)('how things are looked at goes through a link: %j', (view) => {
  const config = resolveConfig({ preset: 'moons' });
  const link = formatLink(config, view);
  expect(parseLink(link)).toMatchObject({ view, notice: '' });
  if (Object.values(view).every((part) => part === null)) expect(link).toBe(formatLink(config));
});

it('a camera goes through a link to a thousandth of a degree; one that nobody moved is left out', () => {
  const camera = new Camera();
  expect(choiceOfCamera(camera)).toBeNull();
  camera.orbit(0.7, -0.2);
  camera.zoomBy(1.7, 0.3, 0.1);
  const there = Object.assign(new Camera(), cameraOf(choiceOfCamera(camera)!));
  for (const [i, value] of there.matrix(1.5).entries()) expect(value).toBeCloseTo(camera.matrix(1.5)[i], 4);
});

it('whatever a link says, there is a run to open (36)', () => {
  const random = seeded(7);
  for (let k = 0; k < 500; k++) {
    const { input, notice } = parseLink(`#${hostileLink(random)}`);
    expect(() => resolveConfig(input)).not.toThrow();
    expect(notice).not.toMatch(/undefined|TypeError|\[object|Cannot read/);
  }
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

it('of 1 000 states at random a link gives each again', () => {
  const random = seeded(11);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
  const fields: (() => ConfigInput)[] = [
    () => ({ preset: one(PRESET_NAMES) }),
    () => ({
      model: { width: 2 * Math.ceil(1000 * random()), activation: one(['tanh', 'relu', 'erf', 'sin']) },
    }),
    () => ({ initial: { seed: Math.floor(1e6 * random()), w1: { law: 'normal', std: random() } } }),
    () => ({ initial: { w0: { law: 'uniform', low: -random(), high: random() } } }),
    () => ({ dynamics: { dt: random(), integrator: 'euler', temperature: random() } }),
    () => ({ dynamics: { rates: { w1: random(), w0: random() }, penalty: { ridge: [random(), 0] } } }),
    () => ({
      dynamics: { batch: { size: 1 + Math.floor(9 * random()), replacement: one([true, false]), seed: 3 } },
    }),
    () => ({
      parameterization: one(['ntk', 'naive', 'compensated', 'mean-field', { a: 0.75, kappa: random() }]),
    }),
    () => ({ data: { dataset: 'moons', samples: 10 + Math.floor(90 * random()), noise: random() } }),
    () => ({ engine: one(['auto', 'cpu', 'webgpu']), method: one(['auto', 'direct']) }),
    () => ({ data: { inline: { x: [[random()], [random()]], y: [random(), 1], names: ['ä b&c'] } } }),
  ];
  const views = (): Partial<View> => ({
    mode: one(MODES),
    chapter: one([null, ...CHAPTER_IDS]),
    figures: one([null, [], FIGURE_IDS.slice(0, 2)]),
    camera: one([
      null,
      choiceOfCamera({ yaw: 7 * random() - 3, pitch: random(), zoom: 2 * random(), panX: random(), panY: 0 }),
    ]),
    stop: one([null, { condition: 't', value: Math.ceil(9 * random()) } as const]),
  });
  let kept = 0;
  for (let k = 0; k < 1000; k++) {
    let input: ConfigInput = { preset: 'tanh-curve' };
    for (let left = Math.ceil(5 * random()); left > 0; left--) {
      const over = one(fields)();
      input = over.preset === undefined ? mergeConfig(input, over) : over;
    }
    const config = faultless(input);
    if (!config) continue;
    kept++;
    const view = views();
    const link = parseLink(formatLink(config, view));
    expect([link.notice, link.view]).toEqual(['', { ...usualView(), ...view }]);
    expect(resolveConfig(link.input)).toEqual(config);
  }
  expect(kept).toBeGreaterThan(800);
});

/** What it comes to, unless its parts do not go together. */
function faultless(input: ConfigInput): Config | null {
  try {
    return resolveConfig(input);
  } catch {
    return null;
  }
}

describe('data too long for a link', () => {
  const LEFT_OUT = '#model.width=64&data=left-out';
  const data = { inline: { x: [[1], [2]], y: [3, 4] } };

  it('are those that this tab kept of it, else they are asked for', () => {
    const { input, notice } = parseLink(LEFT_OUT, (link) => (link === LEFT_OUT ? JSON.stringify(data) : null));
    expect([input, notice]).toEqual([{ data, model: { width: 64 } }, '']);
    expect(parseLink(LEFT_OUT).notice).toMatch(/too long for an address, drop the saved CONFIG\.json/);
  });

  it('are found by the link that was shown last, and by no other', () => {
    const texts = new Map<string, string | null>();
    const tab = {
      get: (name: string) => texts.get(name) ?? null,
      set: (name: string, text: string | null) => !!texts.set(name, text),
    };
    const run = { config: { ...resolveConfig({ preset: 'tanh-curve' }), data }, source: {} as Table };
    new KeptData(tab).note(LEFT_OUT, run);
    const found = new KeptData(tab);
    expect(found.of(LEFT_OUT)).toBe(JSON.stringify(data));
    expect(found.of('#model.width=32&data=left-out')).toBeNull();
    const full = { ...tab, set: () => false };
    const without = new KeptData(full);
    without.note(LEFT_OUT, run);
    expect(without.isComplete).toBe(false);
  });
});

describe('a tab that ended while it ran', () => {
  const texts = new Map<string, string | null>();
  const tab = {
    get: (name: string) => texts.get(name) ?? null,
    set: (name: string, text: string | null) => !!texts.set(name, text),
  };
  const ended = (n: number): Mark => {
    new Mark(tab).set(n);
    return new Mark(tab);
  };

  it.each([
    ['as many', { model: { width: 2 ** 20 } }, 2 ** 18],
    ['as many as suit the machine', {}, 2 ** 18],
    ['fewer', { model: { width: 2 ** 10 } }, 2 ** 10],
  ])('where %s are asked for takes a quarter at most, once', (_, input, width) => {
    const mark = ended(2 ** 20);
    expect(mark.cautious(input).input.model?.width).toBe(width);
    expect(mark.cautious(input)).toEqual({ input, sentence: '' });
  });

  it('says so', () => {
    expect(ended(2 ** 20).cautious({}).sentence).toBe(
      'This tab ended while it ran 1,048,576 neurons: it takes 262,144 now, and the settings take more.',
    );
  });

  it('is not one that was left or hidden', () => {
    const mark = ended(2 ** 20);
    mark.set(2 ** 20);
    mark.show(false);
    expect(new Mark(tab).cautious({}).sentence).toBe('');
  });
});
