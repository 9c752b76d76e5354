/** A server of ours as a process, and what is said to it on a bare socket: browsers would mend the request. */
import { spawn, type ChildProcess } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { TYPESCRIPT } from '../cli.ts';

export interface Server {
  readonly process: ChildProcess;
  readonly output: string;
}

/** Until it has said how it ends. */
export function serving(
  program: string,
  env: NodeJS.ProcessEnv = {},
  flags: readonly string[] = [],
): Promise<Server> {
  const child = spawn(process.execPath, [...TYPESCRIPT, program, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let output = '';
  return new Promise((resolve, reject) => {
    child.on('exit', (status) => reject(new Error(`it ended with ${status}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ctrl-C')) resolve({ process: child, output });
    });
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** These bytes, and what comes of them. */
export function said({ protocol, hostname, port }: URL, bytes: string): Promise<Answer> {
  const at = { host: hostname, port: Number(port) };
  return new Promise((resolve, reject) => {
    const socket: Socket | TLSSocket =
      protocol === 'https:' ? connectTls({ ...at, rejectUnauthorized: false }) : connect(at);
    let answer = '';
    socket
      .setEncoding('latin1')
      .on('data', (text: string) => (answer += text))
      .on('error', reject)
      .on('close', () => {
        const end = answer.indexOf('\r\n\r\n');
        const headers = answer.slice(0, end);
        resolve({
          status: Number(/^HTTP\/1\.1 (\d+)/.exec(headers)?.[1]),
          headers,
          body: answer.slice(end + 4),
        });
      });
    socket.write(bytes);
  });
}

export const request = (path: string, host: string, method = 'GET'): string =>
  `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

/** What both servers owe to whoever asks. */
export async function attacked(address: string): Promise<string[]> {
  const url = new URL(address);
  const wrong: string[] = [];
  const want = async (what: string, bytes: string, fits: (answer: Answer) => boolean): Promise<void> => {
    const answer = await said(url, bytes);
    if (!fits(answer)) wrong.push(`${what}: ${answer.status} ${answer.body.slice(0, 80)}`);
    const guarded = answer.status === 400 || /x-content-type-options: nosniff/i.test(answer.headers); // Node's own has none
    if (!guarded) wrong.push(`${what}: without its headers`);
    if (/access-control-allow-origin/i.test(answer.headers)) wrong.push(`${what}: for every origin`);
  };
  const isPage = ({ status, body }: Answer): boolean => status === 200 && body.includes('<h1>mckean</h1>');
  const refuses = ({ status, body }: Answer): boolean => status >= 400 && body.length < 500;
  await want('the page', request('/', url.host), isPage);
  for (const host of [
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '',
    '[::1',
    'a b',
    '8.8.8.8',
    'x@localhost',
  ])
    await want(`host ${host}`, request('/', host), refuses);
  await want('no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', refuses);
  await want('no host, HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', refuses);
  await want(
    'two hosts',
    `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: ${url.host}\r\nConnection: close\r\n\r\n`,
    refuses,
  );
  for (const path of [
    ...[
      '/src/app/app.ts',
      '/@fs/etc/passwd',
      '/@vite/client',
      '/__open-in-editor?file=package.json',
      '/node_modules/vite/package.json',
    ],
    ...[
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..\\..\\package.json',
      '//etc/passwd',
      '/%00',
      '/%',
    ],
    ...[
      '/.git/config',
      '/nothing',
      '/assets',
      '/assets/../../package.json',
      '/index.html/x',
      'http://evil.example/',
    ],
  ])
    await want(path, request(path, url.host), refuses);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])
    await want(method, request('/', url.host, method), refuses);
  return wrong;
}
