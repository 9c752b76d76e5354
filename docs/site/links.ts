/** Whether everything that the pages of a built site link to is there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const LINK = /<(\w+)\b[^>]*?\s(?:href|src|srcset)="([^"]*)"/g;
const ID = /\s(?:id|name)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
const plain = (text: string): string =>
  text.replace(/&(amp|quot|lt|gt|#39);/g, (_, name: string) => ENTITIES[name]);

/** What is loaded with a page: of the site itself, or it works not without a network. */
const LOADED = ['script', 'link', 'img', 'source', 'iframe', 'audio', 'video'];

/**
 * One sentence for each link of the folder's pages that leads nowhere, or that loads from elsewhere. Places outside
 * the folder, of the page beside it, are `beside`'s.
 */
export function brokenLinks(folder: string, beside: (path: string, hash: string) => string | null): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  const texts = new Map(pages.map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]));
  const ids = new Map(
    [...texts].map(([path, text]) => [path, new Set([...text.matchAll(ID)].map(([, id]) => plain(id)))]),
  );
  const fault = (page: string, tag: string, target: string): string | null => {
    if (/^(?:https?:)?\/\//.test(target)) return LOADED.includes(tag) ? 'is loaded from elsewhere' : null;
    if (/^(?:mailto|data):/.test(target)) return null;
    const [path, hash = ''] = target.split('#');
    const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
    const within = relative(folder, file);
    if (within.startsWith('..')) return beside(within, hash);
    const found = existsSync(file) && statSync(file).isDirectory() ? join(file, 'index.html') : file;
    if (!existsSync(found)) return 'is not there';
    const known = ids.get(found);
    return hash === '' || !known || known.has(decodeURIComponent(hash)) ? null : `has no place #${hash}`;
  };
  return [...texts].flatMap(([page, text]) =>
    [...text.matchAll(LINK)].flatMap(([, tag, given]) => {
      const why = fault(page, tag, plain(given).replace(/\s+\d+[wx]$/, ''));
      return why === null ? [] : [`${relative(folder, page)}: ${plain(given)} ${why}`];
    }),
  );
}
