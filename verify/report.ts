/** Collects what a check found; prints it as it goes and ends with one line of JSON. */
export class Report {
  readonly figures: Record<string, unknown> = {};
  #failures = 0;

  /** A figure worth quoting. */
  note(name: string, value: unknown): void {
    this.figures[name] = value;
    console.log(`  ${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  }

  /** Something that must be so. */
  expect(what: string, found: unknown, wanted: unknown): void {
    const isRight = JSON.stringify(found) === JSON.stringify(wanted);
    if (!isRight) this.#failures++;
    console.log(
      `${isRight ? 'ok  ' : 'FAIL'} ${what}: ${JSON.stringify(found)}${isRight ? '' : `, should be ${JSON.stringify(wanted)}`}`,
    );
  }

  /** Prints the closing line and sets the exit code: non-zero on any shortfall. */
  end(name: string): void {
    console.log(JSON.stringify({ name, passed: this.#failures === 0, failures: this.#failures, ...this.figures }));
    process.exitCode = this.#failures === 0 ? 0 : 1;
  }
}
