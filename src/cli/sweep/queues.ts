/**
 * The same plan for other people's schedulers: in DIR/queues a workflow of Snakemake with profiles, an array for Slurm, a list
 * for GNU parallel and a job file for HyperQueue. Each calls `mckean sweep chunk`, whatever K is.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files/files.ts';
import { PROGRAM, quoted } from '../command.ts';
import type { SweepPlan } from './folder.ts';

export async function writeQueues(path: string, { chunks }: SweepPlan, widest: number): Promise<void> {
  const folder = join(path, 'queues');
  const needs: Needs = {
    path,
    minutes: chunks.map(({ seconds }) => minutesFor(seconds)),
    megabytes: BASE_MEGABYTES + Math.ceil((BYTES_OF_NEURON * widest) / 1e6),
  };
  for (const [name, content] of Object.entries(FILES)) {
    const parts = name.split('/');
    const own = join(folder, ...parts.slice(0, -1));
    await mkdir(own, { recursive: true });
    await writeWhole(own, parts.at(-1)!, content(needs));
  }
}

interface Needs {
  readonly path: string;
  /** Of each chunk: what a queue may end it after. */
  readonly minutes: readonly number[];
  readonly megabytes: number;
}

/** Of one engine: θ, its copies and what is drawn. */
const BYTES_OF_NEURON = 400;
const BASE_MEGABYTES = 1500;
/** Predictions are of a free machine of today's. */
const minutesFor = (seconds: number): number => 10 + Math.ceil((4 * seconds) / 60);

const MCKEAN = PROGRAM.map(quoted).join(' ');

/** A text in Python's, TOML's or Slurm's quotes. */
const literal = (text: string): string => JSON.stringify(text);

const FILES: Readonly<Record<string, (needs: Needs) => string>> = {
  Snakefile: ({
    path,
    minutes,
    megabytes,
  }) => `# Here:          snakemake -s queues/Snakefile --cores 2 --scheduler greedy
# Slurm, 7.x:    snakemake -s queues/Snakefile --profile queues/slurm-7
# Slurm, 8 on:   snakemake -s queues/Snakefile --profile queues/slurm-8   (with snakemake-executor-plugin-slurm)
# In DIR, whose name has no blank where 7.x is to send it to Slurm. The solver of the other scheduler stalls on many jobs.
# What is killed is started again, and goes on.
import getpass, os

os.environ.setdefault("USER", getpass.getuser()) # which 7.x asks Slurm for, set or not
MCKEAN = os.environ.get("MCKEAN", ${literal(MCKEAN)})
MINUTES = [${minutes.join(', ')}]

workdir: ${literal(path)}

localrules: all, report

rule all:
    input:
        "report.html"

rule chunk:
    output:
        touch("chunks/{k}/done")
    wildcard_constraints:
        k=r"\\d+"
    threads: int(os.environ.get("MCKEAN_THREADS", "1"))
    retries: 2
    resources:
        runtime=lambda wildcards: MINUTES[int(wildcards.k) - 1],
        mem_mb=${megabytes}
    shell:
        "{MCKEAN} sweep chunk . {wildcards.k} --threads {threads} --quiet"

# Exit states 1 and 3 are what laws have come to: the report says it.
rule report:
    input:
        expand("chunks/{k}/done", k=range(1, len(MINUTES) + 1))
    output:
        "report.html",
        "rates.csv",
        "cells.csv",
        "cells.parquet"
    shell:
        "{MCKEAN} sweep report . --quiet || [ $? -ne 2 ]"
`,
  'slurm-7/config.yaml':
    () => `# Snakemake 7.x; accounting must be on, as it asks sacct. Add slurm_account and slurm_partition where the cluster wants them.
slurm: true
jobs: 100
scheduler: greedy
rerun-incomplete: true
rerun-triggers: mtime
latency-wait: 60
`,
  'slurm-8/config.yaml': () => `# Snakemake 8 and later, with snakemake-executor-plugin-slurm.
executor: slurm
jobs: 100
scheduler: greedy
rerun-incomplete: true
rerun-triggers: mtime
latency-wait: 60
`,
  'array.sbatch': ({ path, minutes, megabytes }) => `#!/bin/bash
# In DIR: sbatch queues/array.sbatch; when it has ended: mckean sweep report .
#SBATCH --job-name=mckean-sweep
#SBATCH --array=1-${minutes.length}
#SBATCH --cpus-per-task=1
#SBATCH --mem=${megabytes}M
#SBATCH --time=${Math.max(...minutes)}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=${literal(join(path, 'queues', 'slurm-%a.log'))}
exec \${MCKEAN:-${MCKEAN}} sweep chunk ${quoted(path)} "$SLURM_ARRAY_TASK_ID" --threads "\${SLURM_CPUS_PER_TASK:-1}" --quiet
`,
  'gpus.sbatch': ({ path, minutes, megabytes }) => `#!/bin/bash
# In DIR, a chunk at a time on each of a node's eight GPUs, whichever Slurm gives; when it has ended: mckean sweep report .
#   sbatch --gpus-per-node=8 --ntasks-per-node=8 --time=HH:MM:SS queues/gpus.sbatch
# Ended before all is done, it goes on where it was. Vulkan does not know CUDA_VISIBLE_DEVICES: MCKEAN_GPU says the same.
#SBATCH --job-name=mckean-sweep
#SBATCH --mem-per-cpu=${megabytes}M
#SBATCH --open-mode=append
#SBATCH --output=${literal(join(path, 'queues', 'slurm-gpus.log'))}
export MCKEAN="\${MCKEAN:-${MCKEAN}}" SWEEP=${quoted(path)}
exec srun bash -c '
  IFS=, read -ra cards <<< "$CUDA_VISIBLE_DEVICES"
  export MCKEAN_GPU=\${cards[SLURM_LOCALID]:-\${cards[0]:-$SLURM_LOCALID}}
  for ((k = SLURM_PROCID + 1; k <= ${minutes.length}; k += SLURM_NTASKS)); do
    eval "$MCKEAN sweep chunk \\"\\$SWEEP\\" $k --quiet" || failed=1
  done
  exit \${failed:-0}'
`,
  'parallel.txt': ({ path, minutes }) =>
    minutes.map((_, at) => `${MCKEAN} sweep chunk ${quoted(path)} ${at + 1} --threads 1 --quiet\n`).join(''),
  'hyperqueue.toml': ({ path, minutes }) => `# hq job submit-file queues/hyperqueue.toml
# After HyperQueue's documentation of job definition files; not tried.
name = "mckean-sweep"
${minutes
  .map(
    (most, at) => `
[[task]]
id = ${at + 1}
command = [${[...PROGRAM, 'sweep', 'chunk', path, String(at + 1), '--threads', '1', '--quiet'].map(literal).join(', ')}]
time_limit = "${most}m"
crash_limit = 3

[[task.request]]
resources = { "cpus" = 1 }
`,
  )
  .join('')}`,
};
