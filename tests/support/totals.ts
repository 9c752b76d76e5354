/**
 * Closes a run with its totals on one line, and fails it when the whole suite ran without testing the GPU
 * engine, or when more tests than SECOND_TRIES passed only when they were tried once more.
 */
import type { Reporter, TestModule } from 'vitest/node';

/** Projects that must each have passed a test when everything is run. */
const ESSENTIAL = ['unit', 'cli', 'gpu', 'page'];

/**
 * Tests of the page may be tried once more (vite.config.ts): a browser in software on a busy machine loses a click or a
 * download now and then. Each is named here, so that none is forgotten, and they are few.
 */
const SECOND_TRIES = 3;

export default class Totals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        project: module.project.name,
        name: test.fullName,
        state: test.result().state,
        again: test.diagnostic()?.flaky ?? false,
      })),
    );
    const count = (state: string): number => tests.filter((test) => test.state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const missing = ESSENTIAL.filter(
      (name) => !tests.some(({ project, state }) => project === name && state === 'passed'),
    );
    if (process.env.REQUIRE_GPU && missing.length > 0) {
      console.error(
        `not tested: ${missing.join(', ')}; a run that must test the GPU engine fails without them`,
      );
      process.exitCode = 1;
    }
    const again = tests.filter((test) => test.again);
    for (const { name } of again) console.error(`passed on a second try only: ${name}`);
    if (again.length > SECOND_TRIES) {
      console.error(`${again.length} tests needed a second try, more than ${SECOND_TRIES}: find out why`);
      process.exitCode = 1;
    }
    console.log(`\n${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped`);
  }
}
