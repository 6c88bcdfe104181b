import { writeFileSync } from 'node:fs';

/**
 * A reporter of vitest for what its JSON report leaves out: errors that nobody caught, which fail a run without a failed
 * test. Writes `[{ file, name, message, isTest: false }]` to the file that UNHANDLED_ERRORS names; `file` is that of the test that was
 * running, as far as vitest knows.
 */
export default class UnhandledErrors {
  onTestRunEnd(_modules, errors) {
    const named = errors.map((error) => ({
      file: error.VITEST_TEST_PATH ?? '',
      name: `an error that nobody caught${error.VITEST_TEST_NAME ? `, in ${error.VITEST_TEST_NAME}` : ''}`,
      message: error.stack ?? error.message,
      isTest: false,
    }));
    writeFileSync(process.env.UNHANDLED_ERRORS, JSON.stringify(named));
  }
}
