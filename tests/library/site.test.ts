/** The page and the npm package share dist/. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { build } from 'vite';
import { sparing } from '../../vite.site.ts';

const root = mkdtempSync(join(tmpdir(), 'mckean-sparing-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('a build of the page empties its folder, but for the npm package', async () => {
  mkdirSync(join(root, 'dist', 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>');
  for (const name of ['mckean-0.1.0.tgz', 'old.js', 'assets/older.js'])
    writeFileSync(join(root, 'dist', name), '');
  await build({ root, configFile: false, logLevel: 'silent', plugins: [sparing()] });
  expect(readdirSync(join(root, 'dist')).sort()).toEqual(['index.html', 'mckean-0.1.0.tgz']);
});
