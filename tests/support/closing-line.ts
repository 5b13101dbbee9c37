/** Prints what CI reads: `N passed, N failed` alone on a line, and fails the run when anything was skipped. */
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that does not even load has no tests to count.
      if (
        module.state() === 'failed' &&
        [...module.children.allTests()].every((test) => test.result().state !== 'failed')
      )
        count.failed += 1;
    }
    count.failed += unhandledErrors.length;
    const skipped = count.skipped + count.pending;
    if (skipped > 0) {
      process.exitCode = 1;
      process.stdout.write(`\n${skipped} skipped: a skipped test is not a passed one\n`);
    }
    process.stdout.write(
      `\n${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    );
  }
}
