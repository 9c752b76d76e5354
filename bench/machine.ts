/** What a time means nothing without: the machine, and what else it was doing. */
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  readonly node: string;
  readonly browser: string | null;
}

export function machine(browser: string | null): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()} ${release()}`,
    node: process.version,
    browser,
  };
}

export function machineLine({ cpu, cores, memoryGB, system, node, browser }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGB} GB, ${system}, Node ${node}${browser ? `, ${browser}` : ''}`;
}

/** Processes that want a core, averaged over the last minute. */
export const load = (): number => Number(loadavg()[0].toFixed(2));
