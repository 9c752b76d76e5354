/** mckean doctor: what this machine offers, which engine `auto` takes here, and why. */
import { availableParallelism, totalmem } from 'node:os';
import { openDevice, type GpuContext } from '../gpu/device.ts';
import type { Arguments, Command } from './args.ts';
import { openDawn } from './dawn.ts';
import { EXIT } from './errors.ts';
import { NODE_PLATFORM } from './platform.ts';
import { VERSION } from './version.ts';

export const DOCTOR: Command = {
  summary: 'Says what this machine offers: the WebGPU adapter with its limits and features, the cores, the engine that auto takes and why.',
  positionals: [],
  flags: { json: { help: 'print it as JSON' } },
  run: doctor,
};

const LIMITS = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeInvocationsPerWorkgroup', 'maxComputeWorkgroupStorageSize'] as const;

async function doctor(args: Arguments): Promise<number> {
  const { gpu, reason } = await openDawn();
  const context = (gpu && (await openDevice(gpu).catch((error: Error) => error))) ?? new Error(reason);
  const report = { version: VERSION, node: process.version, cores: availableParallelism(), memoryGiB: Math.round(totalmem() / 2 ** 30), ...adapterReport(context), ...choice(context) };
  if (!(context instanceof Error)) context.device.destroy();
  process.stdout.write(args.on('json') ? `${JSON.stringify(report, null, 2)}\n` : lines(report));
  return EXIT.done;
}

function adapterReport(context: GpuContext | Error) {
  if (context instanceof Error) return { adapter: null, why: context.message };
  const limits = Object.fromEntries(LIMITS.map((name) => [name, context.device.limits[name]]));
  return { adapter: context.adapter, software: context.software, limits, features: [...context.device.features].sort() };
}

function choice(context: GpuContext | Error): { engine: string; because: string } {
  if (context instanceof Error) return { engine: 'cpu', because: 'there is no WebGPU adapter' };
  if (context.software && !NODE_PLATFORM.autoTakesSoftware) {
    return { engine: 'cpu', because: 'the only WebGPU adapter is a software one, which is no faster than the float64 engine; --engine webgpu takes it all the same' };
  }
  return { engine: 'webgpu', because: `WebGPU adapter ${context.adapter}` };
}

function lines(report: Record<string, unknown>): string {
  const text = (value: unknown): string => {
    if (value === null) return 'none';
    if (Array.isArray(value)) return value.join(', ');
    if (typeof value === 'object') return Object.entries(value as object).map(([name, limit]) => `${name} ${String(limit)}`).join(', ');
    return String(value);
  };
  return Object.entries(report).map(([name, value]) => `${name.padEnd(12)}${text(value)}\n`).join('');
}
