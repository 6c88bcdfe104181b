/** Counts of one test runner: `{ passed, failed, skipped }`. A bad exit without a failed test (a crash, a file that does not load) is a failure. */

export function countVitest(report, exitCode) {
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
  const unloadable = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  counts.failed += unloadable.length;
  return withCrash(counts, exitCode);
}

export function countPlaywright(report, exitCode) {
  const stats = report?.stats ?? {};
  const counts = {
    passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: stats.unexpected ?? 0,
    skipped: stats.skipped ?? 0,
  };
  return withCrash(counts, exitCode);
}

export function sumCounts(counts) {
  return counts.reduce((sum, part) => ({
    passed: sum.passed + part.passed,
    failed: sum.failed + part.failed,
    skipped: sum.skipped + part.skipped,
  }));
}

/** The one line a person or a script reads last. */
export function formatTotal({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

function withCrash(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
