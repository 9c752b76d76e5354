/** Whether a Linux machine may have a Vulkan driver: a manifest where loaders look, or a GPU that a system shows. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Of GPUs, of their kernel's drivers, and of Windows below Linux. */
const DEVICES = [
  '/dev/dri',
  '/dev/nvidia0',
  '/dev/nvidiactl',
  '/proc/driver/nvidia',
  '/dev/dxg',
  '/dev/kfd',
  '/dev/mali0',
];

export function mayHaveDriver(env: NodeJS.ProcessEnv = process.env, exists = existsSync): boolean {
  const chosen = env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES;
  if (chosen !== undefined) return listed(chosen).some(exists);
  return (
    listed(env.VK_ADD_DRIVER_FILES).some(exists) ||
    DEVICES.some(exists) ||
    folders(env).some((folder) => exists(folder) && holdsManifest(folder))
  );
}

const listed = (paths: string | undefined): string[] => (paths ?? '').split(':').filter(Boolean);

/** Where the Vulkan loader looks. */
function folders(env: NodeJS.ProcessEnv): string[] {
  const home = homedir();
  return [
    env.XDG_CONFIG_HOME || join(home, '.config'),
    ...listed(env.XDG_CONFIG_DIRS || '/etc/xdg'),
    '/etc',
    '/usr/local/etc',
    env.XDG_DATA_HOME || join(home, '.local/share'),
    ...listed(env.XDG_DATA_DIRS || '/usr/local/share:/usr/share'),
    '/usr/share',
    '/run/opengl-driver/share',
  ].map((folder) => join(folder, 'vulkan', 'icd.d'));
}

function holdsManifest(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.json'));
  } catch {
    return true; // it may not be looked at: the loader will see
  }
}
