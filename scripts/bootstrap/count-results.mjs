/** What failed in one run of vitest: `{ file, name, message }` each; a file that does not load is named by itself. */
export function failuresOfVitest(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [{ file: file.name, name: '', message: file.message }];
    return failed.map((test) => ({ file: file.name, name: test.fullName, message: test.failureMessages?.join('\n') }));
  });
}

/** The same of playwright; `file` carries the line, by which one story can be run alone. */
export function failuresOfPlaywright(report) {
  const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
  return (report?.suites ?? [])
    .flatMap(specsOf)
    .filter((spec) => !spec.ok)
    .map((spec) => ({
      file: `${spec.file}:${spec.line}`,
      name: spec.title,
      message: spec.tests?.[0]?.results?.at(-1)?.error?.message,
    }));
}

/**
 * What two runs say together, the second one of the first one's failures alone. What passed then is `unsteady`: named, as
 * it is a fault of ours, but no reason to doubt the product. A second run that died says nothing of anybody.
 */
export function settleFailures(counts, failures, again) {
  const failsAgain = ({ file, name }) => again.failures.some((other) => other.file === file && other.name === name);
  const died = again.counts.failed > 0 && again.failures.length === 0;
  const failed = died ? failures : failures.filter(failsAgain);
  const unsteady = failures.filter((failure) => !failed.includes(failure));
  return {
    counts: {
      ...counts,
      passed: counts.passed + unsteady.filter(({ isTest = true }) => isTest).length,
      failed: failed.length,
    },
    failed,
    unsteady,
  };
}

/** Counts of one test runner: `{ passed, failed, skipped }`. A bad exit without a failed test (a crash, a file that does not load) is a failure. */

/** `failures`: what failed, where more is known of it than the report says. */
export function countVitest(report, exitCode, failures = failuresOfVitest(report)) {
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: failures.length,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
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
