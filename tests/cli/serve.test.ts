/** `npm start`: the built page for this machine, and nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { attacked, serving, type Server } from '../support/browser/server.ts';

let server: Server;
beforeAll(async () => {
  server = await serving('src/cli/site/serve.ts', { DISPLAY: '', WAYLAND_DISPLAY: '' });
});
afterAll(() => void server.process.kill('SIGKILL'));

it('answers with the files of the page, to who knows its name, and refuses all else', async () => {
  const [address] = /http:\/\/localhost:\d+\//.exec(server.output)!;
  expect(await attacked(address)).toEqual([]);
});

it('SIGTERM ends it with status 0', async () => {
  const ended = new Promise((resolve) => server.process.removeAllListeners('exit').on('exit', resolve));
  server.process.kill('SIGTERM');
  expect(await ended).toBe(0);
});
