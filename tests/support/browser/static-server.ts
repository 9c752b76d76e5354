/**
 * A plain static server, as any university has one: files of a folder below a path, their types, and no other
 * headers than those asked for.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** What a server says in place of a file. */
export interface Refusal {
  readonly status: number;
  readonly location?: string;
  readonly body?: string;
}

export interface StaticServer {
  /** Of the folder, with its path and a slash. */
  readonly address: string;
  /** Where it does not answer as it should: by the request's path. Null: with the file. */
  refuse: (pathname: string) => Refusal | null;
  close(): Promise<void>;
}

/** `path` begins and ends with a slash. */
export async function serveFolder(
  folder: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaticServer> {
  const served: Pick<StaticServer, 'refuse'> = { refuse: () => null };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const refusal = served.refuse(pathname);
    if (refusal) {
      const { status, location, body } = refusal;
      response.writeHead(status, { 'content-type': 'text/html', ...(location && { location }) }).end(body);
      return;
    }
    const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const file = name.startsWith(path)
      ? readFile(join(folder, normalize(name.slice(path.length - 1))))
      : Promise.reject(new Error('not below the path'));
    file.then(
      (content) =>
        response
          .writeHead(200, { ...headers, 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' })
          .end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return Object.assign(served, {
    address: `http://localhost:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
