/**
 * Before what needs vite (it builds the page, serves it and carries the tests): where its native packages were left
 * out, one sentence in place of a stack trace.
 */

/** An error of a package that is not installed, or one that such an error led to. */
function tellsOfMissing(error) {
  return error instanceof Error && (/^Cannot find /.test(error.message) || tellsOfMissing(error.cause));
}

try {
  await import('vite');
} catch (error) {
  if (!tellsOfMissing(error)) throw error;
  process.stderr.write(
    'mckean: packages that build, serve and test the page are missing here: ' +
      'run npm ci without --omit=optional and without --omit=dev\n',
  );
  process.exit(2);
}
