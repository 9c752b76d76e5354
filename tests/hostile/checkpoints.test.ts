/**
 * What is left of a run, spoilt in every way: MCKEAN_CASES=10000 for many. A run goes on from exactly what was written, or
 * not at all.
 */
import fc from 'fast-check';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/errors.ts';
import {
  loadCheckpoint,
  samplesDigest,
  writeCheckpoint,
  writeFinal,
  type Saved,
} from '../../src/cli/run/checkpoint.ts';
import { History, historyColumns } from '../../src/cli/run/history.ts';
import { resolveConfig } from '../../src/experiments/presets.ts';
import { prepare, type Prepared } from '../../src/experiments/prepare.ts';
import { folder } from '../support/cli.ts';
import { generated } from '../support/generated.ts';
import { edited, edits, latin, refusedWell } from '../support/hostile/input.ts';
import { NO_FILES } from '../support/no-files.ts';

const home = folder();
const config = resolveConfig({
  preset: 'tanh-curve',
  model: { width: 6 },
  dynamics: { steps: 100, momentum: { beta: 0.5 } },
  record: { every: 2 },
});
const whole: Record<string, Record<string, string>> = {};
let prepared: Prepared;

/** A run of which step 10 is on disk: unfinished, or finished at it. */
beforeAll(async () => {
  prepared = await prepare(config, NO_FILES);
  const { problem } = prepared;
  for (const kind of ['unfinished', 'finished']) {
    const directory = join(home, kind);
    mkdirSync(directory);
    const history = new History(directory, historyColumns(prepared));
    for (let step = 0; step <= 10; step += 2)
      history.add({ step, t: step / 10, loss: 1 / (1 + step) } as never);
    await history.settle();
    const particles = { theta: problem.theta, velocity: problem.theta.map((value) => value / 3) };
    const state = {
      step: 10,
      loss0: 1,
      t: 1,
      config,
      engine: 'cpu',
      method: 'direct',
      adapter: 'cpu',
      accuracy: null,
      seconds: 1,
      history: history.mark,
      samples: samplesDigest(problem),
    } as const;
    if (kind === 'unfinished') await writeCheckpoint(directory, particles, problem, state);
    else {
      const resume = await writeFinal(directory, particles, problem, state);
      writeFileSync(
        join(directory, 'summary.json'),
        JSON.stringify({ config, resume, version: resume.version }),
      );
    }
    const names =
      kind === 'unfinished'
        ? ['checkpoint.json', 'checkpoint-10.npy', 'checkpoint-10-velocity.npy']
        : ['summary.json', 'theta.npy', 'velocity.npy'];
    whole[kind] = Object.fromEntries(
      [...names, 'history.csv'].map((name) => [name, readFileSync(join(directory, name), 'latin1')]),
    );
  }
});

const MARKS = fc.oneof(
  fc.constantFrom(
    ...[
      'null',
      '{}',
      '[]',
      '0',
      '1e999',
      '-1',
      '"x"',
      'true',
      '[null]',
      '[{}]',
      '{"0":"a"}',
      '["../../etc/passwd"]',
      '["/dev/zero"]',
      '"__proto__":{},',
    ],
    ...[
      '"step":11,',
      '"files":{},',
      '"files":[],',
      '"history":{},',
      '"config":{},',
      '\n',
      ' ',
      '0',
      '9',
      ',',
      '"',
    ],
  ),
  fc.nat(255).map((byte) => String.fromCharCode(byte)),
);
/** One field of a JSON text, however deep, has another value, or is gone. */
const fields = fc.array(
  fc.tuple(
    fc.nat(1000),
    fc.constantFrom(
      'null',
      '{}',
      '[]',
      '0',
      '-1',
      '1e300',
      '"x"',
      'true',
      '[null]',
      '[{}]',
      '["x"]',
      '{"0":"a"}',
      '',
    ),
  ),
  { minLength: 1, maxLength: 2 },
);
function respelled(text: string, list: readonly (readonly [number, string])[]): string {
  const value = JSON.parse(text) as object;
  const places: [object, string][] = [];
  const visit = (at: object): void =>
    Object.entries(at).forEach(([key, inner]) => {
      places.push([at, key]);
      if (typeof inner === 'object' && inner !== null) visit(inner as object);
    });
  visit(value);
  for (const [at, by] of list) {
    const [object, key] = places[at % places.length];
    if (by === '') Reflect.deleteProperty(object, key);
    else Reflect.set(object, key, JSON.parse(by));
  }
  return JSON.stringify(value);
}

const essence = ({ state, theta, velocity, history }: Saved): object => ({
  ...{ state, theta: [...theta], velocity: velocity && [...velocity], mark: history.mark },
});

describe.each(['unfinished', 'finished'])('what is left of a run, %s,', (kind) => {
  it('is taken as it was written, or refused in one sentence (42)', async () => {
    const directory = join(home, kind);
    const files = whole[kind];
    const names = Object.keys(files);
    const original = essence((await loadCheckpoint(directory, prepared)) as Saved);
    const counts = { taken: 0, refused: 0 };
    const spoilt = fc.oneof(
      fc
        .tuple(fc.constantFrom(...names), edits(MARKS))
        .map(([name, list]) => ({ name, text: edited(files[name], list) })),
      fields.map((list) => ({ name: names[0], text: respelled(files[names[0]], list) })),
    );
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ name, text }) => {
        writeFileSync(join(directory, name), latin(text));
        try {
          expect(essence((await loadCheckpoint(directory, prepared)) as Saved)).toEqual(original);
          counts.taken++;
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          refusedWell(error.message);
          counts.refused++;
        } finally {
          writeFileSync(join(directory, name), latin(files[name]));
        }
      }),
      generated(300),
    );
    expect(counts.refused).toBeGreaterThan(5 * counts.taken);
    expect(counts.taken).toBeGreaterThan(0);
  });
});
