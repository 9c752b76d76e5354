/**
 * Closes a run with its totals on one line, and fails it when the whole suite ran without testing the GPU
 * engine.
 */
import type { Reporter, TestModule } from 'vitest/node';

/** Projects that must each have passed a test when everything is run. */
const ESSENTIAL = ['unit', 'cli', 'gpu', 'page'];

export default class Totals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        project: module.project.name,
        state: test.result().state,
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
    console.log(`\n${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped`);
  }
}
