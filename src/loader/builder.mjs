/**
 * Before what needs vite (it builds the page, serves it and carries the tests): where its native packages were left
 * out, or it cannot be in the folder, one sentence in place of a stack trace.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

function refuse(sentence) {
  process.stderr.write(`mckean: ${sentence}\n`);
  process.exit(2);
}

// vite takes what follows these for no part of a file's name
const folder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const mark = /[#?]/.exec(folder)?.[0];
if (mark) refuse(`the page cannot be built in ${JSON.stringify(folder)}: move it to a path without ${mark}`);

/** An error of a package that is not installed, or one that such an error led to. */
function tellsOfMissing(error) {
  return error instanceof Error && (/^Cannot find /.test(error.message) || tellsOfMissing(error.cause));
}

try {
  await import('vite');
} catch (error) {
  if (!tellsOfMissing(error)) throw error;
  refuse(
    'packages that build, serve and test the page are missing here: ' +
      'run npm ci without --omit=optional and without --omit=dev',
  );
}
