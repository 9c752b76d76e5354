/** What a Linux machine's Vulkan drivers are: whether there may be one, and what keeps them from chattering on stderr. */
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

/** Mesa's software driver, lavapipe, by its manifest's name. */
const LAVAPIPE = 'lvp_icd*';

/** A manifest where loaders look, or a GPU that a system shows. */
export function mayHaveDriver(env: NodeJS.ProcessEnv = process.env, exists = existsSync): boolean {
  const chosen = env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES;
  if (chosen !== undefined) return listed(chosen).some(exists);
  return (
    listed(env.VK_ADD_DRIVER_FILES).some(exists) ||
    DEVICES.some(exists) ||
    folders(env).some((folder) => exists(folder) && holdsManifest(folder))
  );
}

/**
 * What to add to an environment for drivers to be silent about what no run asks of them. Mesa's look for a Wayland
 * screen, which libwayland says is not there unless it is named by a path; and Mesa's software driver is no use beside
 * another (`spare`), while Dawn tells in three lines what versions before Mesa 23 lack. What somebody sets stays.
 */
export function silence(env: NodeJS.ProcessEnv, spare: boolean): NodeJS.ProcessEnv {
  const noScreen = env.XDG_RUNTIME_DIR === undefined && env.WAYLAND_DISPLAY === undefined;
  const noLavapipe = spare && env.VK_LOADER_DRIVERS_DISABLE === undefined;
  return {
    ...(noScreen ? { WAYLAND_DISPLAY: '/dev/null' } : {}),
    ...(noLavapipe ? { VK_LOADER_DRIVERS_DISABLE: LAVAPIPE } : {}),
  };
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
