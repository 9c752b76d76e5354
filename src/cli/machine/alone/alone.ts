/** One of several cards that are called the same, by a layer of Vulkan that is built here as it is first asked for. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf } from '../../files/address.ts';
import { cacheFolder } from '../store.ts';
import { NAME, SOURCE, VARIABLE } from './layer.ts';

/** Of the Vulkan devices called `name` the one of that place among them, from 0. */
export interface Alone {
  readonly name: string;
  readonly place: number;
}

/** Does what opens Vulkan's instances, at once, where they show that device alone. */
export function withAlone<T>({ name, place }: Alone, open: () => T): T {
  const folder = layerFolder();
  return withVariables(
    {
      [VARIABLE]: `${place} ${name}`,
      VK_INSTANCE_LAYERS: first(NAME, process.env.VK_INSTANCE_LAYERS),
      VK_LAYER_PATH: first(folder, process.env.VK_LAYER_PATH),
    },
    open,
  );
}

const first = (own: string, others: string | undefined): string => (others ? `${own}:${others}` : own);

function withVariables<T>(values: Readonly<Record<string, string>>, work: () => T): T {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  try {
    return work();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}

/** Where the layer and its manifest lie; they are built there if they are not. Throws where they cannot be. */
function layerFolder(): string {
  const folder = join(cacheFolder(), `alone-${addressOf([process.arch, SOURCE])}`);
  if (!existsSync(join(folder, 'layer.json'))) build(folder);
  return folder;
}

/** Built beside, and moved into its place whole: several processes may do so at once. */
function build(folder: string): void {
  const own = `${folder}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  try {
    const [source, library] = [join(own, 'layer.c'), join(own, 'layer.so')];
    writeFileSync(source, SOURCE);
    const compiler = process.env.CC || 'cc';
    const { status, error, stderr } = spawnSync(
      compiler,
      ['-shared', '-fPIC', '-O1', '-fvisibility=hidden', '-o', library, source, '-lpthread'],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`${compiler}: ${(error?.message ?? stderr).split('\n')[0]}`);
    const layer = {
      name: NAME,
      type: 'GLOBAL',
      library_path: join(folder, 'layer.so'),
      api_version: '1.3.0',
      implementation_version: '1',
      description: 'one device alone',
    };
    writeFileSync(join(own, 'layer.json'), JSON.stringify({ file_format_version: '1.0.0', layer }));
    moveInto(folder, own);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function moveInto(folder: string, own: string): void {
  try {
    renameSync(own, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'layer.json'))) throw error;
  }
}
