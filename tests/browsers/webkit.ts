/** WebKitGTK by W3C WebDriver, on a screen of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { awaited, callOf, freshFolder, type Kind, type Tab } from './tab.ts';

const PROGRAMS = ['WebKitWebDriver', 'Xvfb'] as const;
const isHere = (program: string): boolean => spawnSync('which', [program]).status === 0;

export const WEBKIT: Kind = {
  missing: () =>
    PROGRAMS.every(isHere) ? null : 'WebKitGTK is not installed: apt-get install webkit2gtk-driver xvfb.',
  open: openWebKit,
};

async function openWebKit(): Promise<Tab> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await firstLine(screen.stdio[3] as Readable, screen);
  const port = await freePort();
  const home = freshFolder(); // where it saves, since no other folder is named there
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      GDK_BACKEND: 'x11',
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
    },
  });
  const end = (): void => [driver, screen].forEach((child) => child.kill());
  try {
    return await session(`http://127.0.0.1:${port}`, home, end);
  } catch (error) {
    end();
    throw error;
  }
}

/** A session of the driver at `root`; `end` is called once it is over. */
async function session(root: string, home: string, end: () => void): Promise<Tab> {
  const isUp = (): Promise<boolean> =>
    fetch(`${root}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  await awaited('WebKitWebDriver', isUp);
  const { sessionId, capabilities } = (await ask('POST', `${root}/session`, { capabilities: {} })) as {
    sessionId: string;
    capabilities: { browserName: string; browserVersion: string };
  };
  const at = `${root}/session/${sessionId}`;
  const post = (path: string, body: object): Promise<unknown> => ask('POST', `${at}/${path}`, body);
  await post('timeouts', { script: 600_000, pageLoad: 600_000 });
  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    downloads: home,
    goto: async (url) => void (await post('url', { url })),
    run: (work, ...given) =>
      post('execute/sync', { script: `return ${callOf(work, given)}`, args: [] }) as never,
    resize: async (width, height) => {
      await post('window/rect', { width, height });
      const inner = (await post('execute/sync', { script: 'return innerHeight', args: [] })) as number;
      await post('window/rect', { width, height: 2 * height - inner }); // the window has a bar
    },
    screenshot: async () => Buffer.from((await ask('GET', `${at}/screenshot`)) as string, 'base64'),
    close: async () => {
      await ask('DELETE', at).catch(() => undefined);
      end();
    },
  };
}

async function ask(method: string, url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, { method, body: body ? JSON.stringify(body) : null });
  const { value } = (await answer.json()) as { value: unknown };
  if (answer.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebKit: ${error}: ${message}`);
}

async function firstLine(stream: Readable, child: ChildProcess): Promise<string> {
  const [chunk] = (await Promise.race([
    once(stream, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('Xvfb ended before it had a screen'))),
  ])) as [Buffer];
  return String(chunk).trim();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
