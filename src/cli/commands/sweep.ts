/** mckean sweep: grids of runs, computed in chunks by whatever queue there is, and the rates that they show. */
import type { Command } from '../args.ts';
import { chooseGpu, GPU_EACH_FLAG, GPU_FLAG } from '../machine/adapters.ts';

const QUIET = { help: 'no progress on stderr' } as const;

export const SWEEP = {
  plan: {
    summary:
      'Makes the cells of SWEEP.json, a CONFIG.json each, and chunks of them with their predicted cost. SWEEP.json: { "base": a preset or a configuration, "grid": { "model.width": [64, …], "initial.seed": { "first": 1, "last": 64 }, "path": [values] }, "measure": laws to fit, "chunk": { "seconds": 600 } }.',
    positionals: ['SWEEP.json'],
    flags: {
      out: { value: 'DIR', help: 'folder of the sweep; it is made, and refused if it holds files' },
      force: { help: 'plan anew in a DIR that holds files: cells that are done and stay in the plan are kept' },
      quiet: QUIET,
      json: { help: 'print the numbers of cells, chunks and seconds as JSON' },
    },
    run: async (args) => (await import('../sweep/plan.ts')).planSweep(args),
  },
  chunk: {
    summary:
      'Computes what is missing of chunk K, 1 and up, and nothing that is there; exit status 1 if a cell could not be run. A cell that diverges is done, and marked.',
    positionals: ['DIR', 'K'],
    flags: {
      ...GPU_FLAG,
      threads: { value: 'T', help: 'threads of the CPU; default: all cores. The results do not depend on it' },
      quiet: QUIET,
      json: { help: 'print a line of JSON for each batch of cells that is done' },
    },
    run: async (args) => {
      chooseGpu(args);
      return (await import('../sweep/chunk.ts')).computeChunk(args);
    },
  },
  run: {
    summary:
      'Computes all chunks on this machine, some at a time; stopped or killed it goes on where it was, to the same bits.',
    positionals: ['DIR'],
    flags: {
      ...GPU_EACH_FLAG,
      jobs: { value: 'J', help: 'chunks at a time; default: the cores, or one on each GPU where they compute' },
      quiet: QUIET,
    },
    run: async (args) => {
      chooseGpu(args, 'auto', true);
      return (await import('../sweep/all.ts')).computeAll(args);
    },
  },
  report: {
    summary:
      'Fits the rates over what is there and writes report.html, rates.csv, cells.csv and cells.parquet into DIR; exit status 1 if a law does not hold, 3 if the intervals allow either.',
    positionals: ['DIR'],
    flags: { quiet: QUIET, json: { help: 'print the rates on stdout as JSON' } },
    run: async (args) => (await import('../sweep/report.ts')).reportSweep(args),
  },
} as const satisfies Record<string, Command>;
