/** Every shader with every combination of its structural options. */
import { blur } from '../../shaders/draw/blur.ts';
import { expose } from '../../shaders/draw/expose.ts';
import { field } from '../../shaders/draw/field.ts';
import { project } from '../../shaders/draw/project.ts';
import { reduce } from '../../shaders/draw/reduce.ts';
import { tone } from '../../shaders/draw/tone.ts';
import { batch } from '../../shaders/batch.ts';
import { turn } from '../../shaders/turn.ts';
import { ending } from '../../shaders/ending.ts';
import { drive } from '../../shaders/drive.ts';
import { ACTIVATIONS, type Activation } from '../../src/core/activations/activations.ts';
import { LOSSES } from '../../src/core/objective/losses.ts';
import { driftBounds } from '../../shaders/mesh/drift-bounds.ts';
import { driftCheck } from '../../shaders/mesh/drift-check.ts';
import { cover, extent } from '../../shaders/extent.ts';
import {
  filterColumns,
  filterDeposits,
  filterNodes,
  filterRows,
  placeNodes,
} from '../../shaders/mesh/filter.ts';
import { fillRows, gatherRows } from '../../shaders/mesh/sparse-rows.ts';
import { fold } from '../../shaders/fold.ts';
import { forward } from '../../shaders/forward.ts';
import { loss, lossParts } from '../../shaders/loss.ts';
import { nodeValues } from '../../shaders/mesh/node-values.ts';
import { clearRegions, countRegions, listRegions, placeRegions } from '../../shaders/mesh/regions.ts';
import { march } from '../../shaders/staged/march.ts';
import { scatterByRegions, scatterBySectors } from '../../shaders/staged/scatter.ts';
import { observe } from '../../shaders/observe.ts';
import { columnWeights, densityField, densityOutputs, transport } from '../../shaders/pde.ts';
import { phiTable } from '../../shaders/phi-table.ts';
import { residual } from '../../shaders/residual.ts';
import { sectorField, sectorOutputs, sectorPrefix, sectorScatter } from '../../shaders/sector/sums.ts';
import { scatter } from '../../shaders/mesh/scatter.ts';
import { factors } from '../../shaders/tiled/factors.ts';
import { gather } from '../../shaders/tiled/gather.ts';
import { TILES } from '../../shaders/tiled/product.ts';
import { update, type UpdateOptions } from '../../shaders/update.ts';
import type { ActivationName } from '../../src/core/activations/activations.ts';
import type { FeatureChoice } from '../../src/core/features/features.ts';
import type { Sized } from '../../src/core/shape.ts';
import type { LossName } from '../../src/core/objective/losses.ts';
import type { PaintShader, Shader } from '../../src/gpu/layout.ts';

/** d on both sides of every change of form: one vec4f, several, wide. */
const DIMENSIONS = [1, 2, 3, 8, 15, 16, 64];
/** One of each form, for activations that differ from tanh in the text of φ alone. */
const FORMS = [2, 8, 64];
/** Several outputs, narrow and wide, in one vec4f and in more. */
const SEVERAL = [
  { c: 2, d: 1 },
  { c: 3, d: 3 },
  { c: 10, d: 3 },
  { c: 2, d: 15 },
  { c: 10, d: 64 },
] as const;
/** Euler's only stage, then the first, middle and last of others. */
const STAGES = [
  { first: true, last: true },
  { first: true, last: false },
  { first: false, last: false },
  { first: false, last: true },
] as const;

const activations = Object.keys(ACTIVATIONS) as ActivationName[];
const losses = Object.keys(LOSSES) as LossName[];

export function everyShader(): Shader[] {
  return [
    fold(),
    drive(),
    ...[reduce(), blur(), expose()],
    ...[true, false].flatMap((discs) =>
      [true, false].flatMap((bySpeed) => [
        project({ discs, bySpeed, turned: false, stretch: null }),
        ...([null, 'times', 'to'] as const).map((stretch) =>
          project({ discs, bySpeed, turned: true, stretch }),
        ),
      ]),
    ),
    ...losses.flatMap((name) => [
      loss({ loss: name }),
      loss({ loss: name, parts: true }),
      loss({ loss: name, again: true }),
      loss({ loss: name, again: true, parts: true }),
      lossParts({ loss: name }),
      loss({ loss: name, c: 3 }),
      lossParts({ loss: name, c: 3 }),
      batch({ loss: name }),
      batch({ loss: name, c: 3 }),
      ...[false, true].flatMap((folds) => [ending({ loss: name, folds }), ending({ loss: name, c: 3, folds })]),
    ]),
    ...[null, ...losses].flatMap((name) => [residual({ loss: name }), residual({ loss: name, c: 3 })]),
    ...[
      filterColumns(),
      filterDeposits(),
      filterNodes(),
      filterRows(),
      fillRows({ apart: 4 }),
      gatherRows({ apart: 3 }),
      cover({ of: 'w1' }),
      cover({ of: 'w1 w0' }),
    ],
    ...(['w1', 'w1 w0'] as const).map((of) => cover({ of, troops: 4 })),
    ...[clearRegions(), placeRegions(), scatterBySectors({ most: 256 })],
    ...[1, 3, 4, 64].flatMap((d) => [
      observe({ d }),
      observe({ d, directions: [[], []] }),
      turn({ d }),
      turn({ c: 3, d }),
    ]),
    ...[1, 2, 5].map((c) => observe({ c, d: 3, terms: { l1: 1, variation: 1 } })),
    ...[2, 5].map((c) => observe({ c, d: 3 })),
    ...[1, 4, 64].map((d) => observe({ d, weights: 0 })),
    ...[columnWeights(), transport({ last: false }), transport({ last: true })],
    ...activations.flatMap((activation) => [
      densityField({ activation }),
      ...losses.map((name) => densityOutputs({ activation, loss: name })),
    ]),
    ...[sectorField(), sectorOutputs(), sectorPrefix(), sectorScatter()],
    ...(['relu', 'linear'] as const).flatMap((activation) =>
      moves({ method: 'sector', activation, d: 2, p: 1 }),
    ),
    ...[1, 2].flatMap((d) => [
      extent({ d }),
      extent({ d, staged: true }),
      driftBounds({ d }),
      driftBounds({ d, staged: true }),
      countRegions({ d }),
      listRegions({ d }),
      scatterByRegions({ d }),
      scatter({ d }),
      placeNodes({ d }),
      ...moves({ method: 'mesh', activation: 'tanh', d, p: 1 }),
    ]),
    ...activations
      .filter((name) => ACTIVATIONS[name].smooth)
      .flatMap((activation) =>
        [1, 2].flatMap((d) => [
          nodeValues({ activation, d }),
          nodeValues({ activation, d, staged: true }),
          driftCheck({ activation, d }),
        ]),
      ),
    ...activations.flatMap((activation) =>
      (activation === 'tanh' ? DIMENSIONS : FORMS).flatMap((d) => variantsAt(activation, d)),
    ),
    ...SEVERAL.flatMap((sized) => variantsAt('tanh', sized.d, sized.c)),
    ...[1, 4, 64].flatMap(withoutWeights),
    ...activations.flatMap((activation) =>
      (ACTIVATIONS[activation] as Activation).wgsl.fast ? fastForms(activation) : [],
    ),
    ...[
      { d: 1 },
      { d: 15 },
      { c: 3, d: 3 },
      { d: 2, features: 'unit', weights: 0 } as const,
      { d: 2, features: { rbf: { alpha: 0.5 } } } as const,
    ].flatMap(stagedForms),
    ...[{ d: 16 }, { d: 100 }, { d: 784 }, { c: 10, d: 64 }, { d: 64, weights: 0 }].flatMap(tiledForms),
  ];
}

/** Wide particles in tiles. */
function tiledForms(sized: Sized): Shader[] {
  const options = {
    activation: 'tanh',
    ...sized,
    features: sized.weights === 0 ? 'unit' : 'inner-product',
  } as const;
  return [
    ...Object.values(TILES).flatMap((tile) => [
      ...[false, true].flatMap((fast) => [
        forward({ ...options, fast, q: 4, tile }),
        factors({ ...options, fast }, tile),
      ]),
      gather(options, tile),
    ]),
    ...[false, true].flatMap((replicas) =>
      STAGES.map((stage) =>
        update({ ...options, method: 'direct', p: 1, gathered: true, ...stage, speed: stage.first, replicas }),
      ),
    ),
  ];
}

const fastForms = (activation: ActivationName): Shader[] => [
  phiTable({ activation }, true),
  ...[2, 64].map((d) => forward({ activation, fast: true, d, q: 4 })),
  update({ method: 'direct', activation, fast: true, d: 2, p: 2, ...STAGES[0], speed: false }),
];

/** Rows read together. */
function stagedForms(sized: FeatureChoice & Sized): Shader[] {
  const options = { activation: 'tanh', ...sized } as const;
  const stages = [
    { threads: 64, slices: 1, rows: 128 },
    { threads: 96, slices: 4, rows: 32 },
  ];
  return [false, true].flatMap((replicas) => [
    ...stages.map((stage) => forward({ ...options, q: 4, replicas, stage })),
    ...(replicas
      ? []
      : [march({ ...options, speed: true }, { ...options, q: 4 }, { threads: 64, slices: 2, rows: 32 })]),
    ...STAGES.map((stage) =>
      update({ ...options, method: 'direct', p: 2, staged: 64, ...stage, speed: false, replicas }),
    ),
  ]);
}

/** Of neurons without output weights. */
function withoutWeights(d: number): Shader[] {
  const options = { activation: 'tanh', features: 'unit', d, weights: 0 } as const;
  const terms = { names: ['decay', 'ridge', 'noise'], rates: true } as const;
  return [
    ...[false, true].map((replicas) => forward({ ...options, q: 4, replicas })),
    ...STAGES.map((stage) => update({ ...options, method: 'direct', p: 2, ...stage, speed: stage.first })),
    update({ ...options, method: 'direct', p: 1, ...STAGES[0], speed: true, replicas: true, terms }),
  ];
}

/** All that can stand side by side. */
const EVERY_TERM = { names: ['decay', 'ridge', 'variation', 'noise', 'l1'], rates: true } as const;

const CARRIED = { names: ['ridge', 'variation', 'l1', 'momentum'], rates: true } as const;

/** Those that paint. */
export const everyPaintShader = (): PaintShader[] => [tone(), field()];

function variantsAt(activation: ActivationName, d: number, c = 1): Shader[] {
  const [only, initial] = STAGES;
  return [
    ...[1, 4, 8].flatMap((q) => [
      forward({ activation, c, d, q }),
      forward({ activation, c, d, q, replicas: true }),
    ]),
    forward({ activation, c, d, q: 4, replicas: true, block: 8 }),
    ...STAGES.map((stage) => update({ method: 'direct', activation, c, d, p: 1, ...stage, speed: false })),
    update({ method: 'direct', activation, c, d, p: 1, ...initial, speed: true }),
    ...STAGES.map((stage) =>
      update({
        method: 'direct',
        activation,
        c,
        d,
        p: 1,
        ...stage,
        speed: false,
        replicas: true,
        terms: { names: ['decay'], rates: true },
      }),
    ),
    ...[false, true].map((replicas) =>
      update({
        method: 'direct',
        activation,
        c,
        d,
        p: 2,
        ...only,
        speed: false,
        replicas,
        terms: { names: ['decay', 'noise'], rates: true },
      }),
    ),
    update({
      method: 'direct',
      activation,
      c,
      d,
      p: 1,
      ...only,
      speed: false,
      terms: { names: ['noise'], rates: false },
    }),
    ...[2, 8].map((p) => update({ method: 'direct', activation, c, d, p, ...only, speed: true })),
    ...(activation === 'tanh' ? withTerms({ method: 'direct', activation, c, d, p: 2 }) : []),
  ];
}

function withTerms(options: Pick<UpdateOptions, 'method' | 'activation' | 'c' | 'd' | 'p'>): Shader[] {
  const [only] = STAGES;
  return [
    ...STAGES.map((stage) =>
      update({ ...options, ...stage, speed: false, terms: { names: ['ridge', 'variation'], rates: false } }),
    ),
    update({ ...options, ...only, speed: false, terms: EVERY_TERM }),
    update({ ...options, ...only, speed: true, replicas: true, terms: CARRIED }),
  ];
}

function moves(options: Pick<UpdateOptions, 'method' | 'activation' | 'd' | 'p'>): Shader[] {
  const [only] = STAGES;
  return [
    ...STAGES.flatMap((stage) =>
      [...new Set([false, stage.first])].map((speed) => update({ ...options, ...stage, speed })),
    ),
    ...STAGES.map((stage) =>
      update({ ...options, ...stage, speed: false, terms: { names: ['decay'], rates: true } }),
    ),
    update({ ...options, ...only, speed: true, terms: { names: ['decay', 'noise'], rates: true } }),
    update({ ...options, ...only, speed: true, terms: EVERY_TERM }),
    update({ ...options, ...only, speed: true, terms: CARRIED }),
  ];
}
