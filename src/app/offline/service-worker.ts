/**
 * The service worker of the built page: all of its files are kept from the first visit on, so that it works
 * without a network. The page itself comes from the network where there is one, and with it the names of its
 * files; a new version's files are kept beside the old ones', which go when the last window of the old version
 * is closed. A plain script: not every browser has service workers that are modules.
 */

/** Filled in by the build (vite.site.ts): files by their paths from here, and a hash of what is in them. */
declare const BUILT: { readonly files: readonly string[]; readonly version: string };

/** The part of ServiceWorkerGlobalScope that is used; its types exclude the DOM's. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  addEventListener(
    type: 'install' | 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'fetch',
    listener: (event: { readonly request: Request; respondWith(response: Promise<Response>): void }) => void,
  ): void;
}

const worker = self as unknown as Scope;
/** Other pages of this origin have caches, too. */
const ours = `mckean ${worker.registration.scope} `;
const { files, version } = BUILT;
const current = ours + version;
/** Milliseconds after which a network is as good as none. */
const PATIENCE = 4000;

/** In the page's head, and in no login page, whatever its version. */
const OURS = /<title>mckean\b/;
const PAGE = 'index.html';

async function keep(): Promise<void> {
  const cache = await caches.open(current);
  await Promise.all(
    files.map(async (file) => {
      const found = await plain(await fetch(new Request(file, { cache: 'no-cache' })));
      if (!found.ok || (file === PAGE && !(await isOurs(found)))) throw new Error(`${file} is not to be had`);
      await cache.put(file, found);
    }),
  );
}

/** The same without a redirect behind it, which a window would refuse. */
async function plain(response: Response): Promise<Response> {
  const { status, headers, redirected } = response;
  return redirected ? new Response(await response.blob(), { status, headers }) : response;
}

/** A server that is down, a portal or a login answers in the page's place. */
const isOurs = async (response: Response): Promise<boolean> =>
  response.ok && OURS.test(await response.clone().text());

async function dropOld(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((other) => other.startsWith(ours) && other !== current).map((other) => caches.delete(other)),
  );
}

const kept = (request: Request | string): Promise<Response | undefined> =>
  caches.open(current).then((cache) => cache.match(request, { ignoreVary: true }));

/** From the network if that has it in time, else as it is kept; else what the network says. */
async function page({ url }: Request): Promise<Response> {
  const network = fetch(url, { redirect: 'follow' }).then(plain);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE));
  const first = await Promise.race([network, late]).catch(() => null);
  if (first && (await isOurs(first).catch(() => false))) return first;
  return (await kept(PAGE)) ?? network;
}

/** Whether a window asks for the page, not for one of the files beside it. */
const isPage = ({ mode, url }: Request): boolean =>
  mode === 'navigate' &&
  ['', PAGE].includes(new URL(url).pathname.slice(new URL(worker.registration.scope).pathname.length));

worker.addEventListener('install', (event) => event.waitUntil(keep()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOld().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(worker.registration.scope)) return;
  event.respondWith(
    isPage(request) ? page(request) : kept(request).then((response) => response ?? fetch(request)),
  );
});

export {};
