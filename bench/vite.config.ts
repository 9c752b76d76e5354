/**
 * `npm run bench:bundle`: the command as one file for a machine that has Node and the package webgpu, and
 * nothing else of npm.
 */
import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: 'bench/bundle.ts',
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    rolldownOptions: {
      external: ['webgpu', ...builtinModules, /^node:/],
      output: { entryFileNames: 'bench.js', codeSplitting: false },
    },
  },
  ssr: { noExternal: true },
});
