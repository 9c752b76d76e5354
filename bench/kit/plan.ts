/** What a kit does on its machine, most wanted first: eight minutes in all. */
import { join } from 'node:path';
import { program, type Stage } from './stages.ts';

/** Seconds of all stages together. */
export const SECONDS = 470;

export interface Place {
  readonly node: string;
  /** The folder of the kit's programs. */
  readonly lib: string;
  /** Where results go. */
  readonly out: string;
  /** Sizes for a software adapter: what is shown is that it runs. */
  readonly tiny: boolean;
}

interface Planned {
  readonly name: string;
  readonly limit: number;
  /** The program and its flags. */
  readonly run: readonly string[];
}

/** What a stage prints, and what it says on the way. */
export const filesOf = (out: string, name: string): { stdout: string; stderr: string } => ({
  stdout: join(out, `${name}.md`),
  stderr: join(out, `${name}.log`),
});

export function planOf({ node, lib, out, tiny }: Place): Stage[] {
  const small = tiny ? ['--tiny'] : [];
  const gpu = (only: string, seconds: number): Planned => ({
    name: only,
    limit: seconds + 20,
    run: [
      'gpu',
      '--only',
      only,
      '--minutes',
      String(seconds / 60),
      '--json',
      join(out, `${only}.json`),
      ...small,
    ],
  });
  const race = (name: string, limit: number, flags: string): Planned => ({
    name,
    limit,
    run: [
      ...['bench', '--peers', '--engine', 'webgpu', '--method', 'direct,auto', ...flags.split(' ')],
      ...['--seconds', '0.5', '--longest', '2', '--markdown', '--json', join(out, `${name}.json`)],
    ],
  });
  const [n, wide] = tiny ? [2000, 200] : [2 ** 20, 2 ** 16];
  const planned: Planned[] = [
    { name: 'doctor', limit: 20, run: ['bin', 'doctor'] },
    { name: 'holdouts', limit: 90, run: ['holdouts'] },
    gpu('checks', tiny ? 120 : 40),
    { name: 'repeats', limit: 40, run: ['repeats', ...small] },
    { name: 'photographs', limit: 60, run: ['photographs', out, ...small] },
    race('peers-tanh', 70, `--where node --activation tanh --n ${n} --m 256`),
    race('peers-relu', 70, `--where node --activation relu --n ${n} --m 256`),
    ...laws(tiny).map(({ name, limit, run }) => ({
      name,
      limit,
      run: ['bin', 'measure', ...run, '--engine', 'webgpu', '--out', join(out, name)],
    })),
    race('peers-wide', 70, `--where node --activation relu --n ${wide} --m 256 --d 100`),
    gpu('methods', 30),
    gpu('kernels', 30),
    // a small size first tells whose step on a processor would take too long at the large one
    race('peers-page', 80, `--where page --activation tanh --n ${n / 16},${n} --m 256`),
  ];
  return planned.map(({ name, limit, run: [entry, ...flags] }) => ({
    name,
    limit,
    work: program([node, join(lib, `${entry}.js`), ...flags], filesOf(out, name)),
  }));
}

/** Each law is kept in a folder of its own: `measure --all --resume` goes on with what there was no time for. */
const laws = (tiny: boolean): Planned[] =>
  tiny
    ? [
        { name: 'laws-invariants', limit: 60, run: ['invariants', '--widths', '16'] },
        { name: 'laws-abc', limit: 60, run: ['abc-symmetry', '--widths', '16,64'] },
      ]
    : [{ name: 'laws', limit: 110, run: ['--all', '--resume'] }];
