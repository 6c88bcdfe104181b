import { availableParallelism } from 'node:os';
import type { CodeLimits, CodeResult } from '@sluice/shared/node-contract';
import type { CodeRunner } from '../executor/world.ts';
import { createCodeThread } from './code-thread.ts';
import { createStandings } from './exhaustion.ts';
import type { SandboxLimits, SandboxOutcome, SandboxSource } from './sandbox.ts';
import { createThreadPool } from './thread-pool.ts';

const DEFAULT_TIMEOUT_MS = 50;
const DEFAULT_MEMORY_MIB = 16;
const MOST_TIMEOUT_MS = 1000;
const MOST_MEMORY_MIB = 64;
const MOST_OUTPUT = 64 * 1024;
const MOST_INPUT = 1024 * 1024;
/** A message to a thread; small enough that several threads share a batch. */
const INPUTS_PER_ORDER = 100;
const HARD_LIMIT_MS = 3000;
/** A thread that waits for a processor makes no progress either. */
const PATIENCE_WITH_LOW_PRIORITY = 3;
/** An input that takes so much longer than its limit holds a thread that the engine does not give back. */
const ASIDE_AFTER_MS = 200;

const SKIPPED: SandboxOutcome = {
  isOk: false,
  code: 'skipped',
  message: 'It used up its limits for everyone before in this batch, and was not tried',
};
const TOO_LARGE: SandboxOutcome = { isOk: false, code: 'error', message: 'The input is too large' };

export interface CodeSandbox extends CodeRunner {
  stop(): Promise<void>;
}

/**
 * Runs code of users in threads of their own. A source is the body of an asynchronous function; the top-level names of an
 * input are its parameters, `now` among them is also what its clock shows. Pure: the same source and input give the same
 * result, but for the limits of time and memory. Never rejects for anything the code does.
 */
export function createCodeRunner(
  options: { threads?: number; hardLimitMs?: number; mostOutput?: number } = {},
): CodeSandbox {
  const {
    threads = Math.max(1, availableParallelism() - 1),
    hardLimitMs = HARD_LIMIT_MS,
    mostOutput = MOST_OUTPUT,
  } = options;
  const pool = createThreadPool(threads, (priority) =>
    createCodeThread(priority.hasLowPriority ? hardLimitMs * PATIENCE_WITH_LOW_PRIORITY : hardLimitMs, priority),
  );
  const standings = createStandings(hardLimitMs);

  async function runPart(
    source: SandboxSource,
    inputs: readonly unknown[],
    limits: SandboxLimits,
    isGivenUp: () => boolean,
  ) {
    const written = inputs.map((input) => ({ args: writeArgs(source.names, input), now: readNow(input) }));
    const fitting = written.filter(({ args }) => args.length <= MOST_INPUT);
    const standing = standings.of(source.body);
    const report: SandboxOutcome[] = [];
    // Turn by turn: whoever else has code to run gets the thread in between.
    while (report.length < fitting.length && !isGivenUp())
      await pool.withThread(standing.isOffender(), async (thread, putAside) => {
        const quiet = { afterMs: ASIDE_AFTER_MS + limits.timeoutMs, tell: putAside };
        const turn = await thread.work({ source, limits, inputs: fitting.slice(report.length) }, quiet);
        standing.note(turn, limits.timeoutMs);
        report.push(...turn);
      });
    while (report.length < fitting.length) report.push(SKIPPED);
    const outcomes = report.values();
    return written.map(({ args }) =>
      toResult(args.length <= MOST_INPUT ? (outcomes.next().value ?? TOO_LARGE) : TOO_LARGE),
    );
  }

  return {
    async run(body, inputs, limits = {}) {
      const source = { body, names: namesOf(inputs) };
      const bounds = boundLimits(limits, mostOutput);
      const { isGivenUp } = standings.begin(body);
      const results: CodeResult[][] = [];
      let next = 0;
      // No more parts at once than there are threads: a large batch stands in the queue no longer than a small one.
      const workOn = async () => {
        for (let part = next++; part * INPUTS_PER_ORDER < inputs.length; part = next++)
          results[part] = await runPart(
            source,
            inputs.slice(part * INPUTS_PER_ORDER, (part + 1) * INPUTS_PER_ORDER),
            bounds,
            isGivenUp,
          );
      };
      await Promise.all(Array.from({ length: threads }, workOn));
      return results.flat();
    },
    stop: () => pool.stop(),
  };
}

function boundLimits(
  { timeoutMs = DEFAULT_TIMEOUT_MS, memoryMiB = DEFAULT_MEMORY_MIB }: CodeLimits,
  mostOutput: number,
): SandboxLimits {
  return {
    timeoutMs: Math.min(timeoutMs, MOST_TIMEOUT_MS),
    memoryBytes: Math.min(memoryMiB, MOST_MEMORY_MIB) * 1024 * 1024,
    mostOutput,
  };
}

/** The same for every run of a batch, so that they share a machine. */
function namesOf(inputs: readonly unknown[]): string[] {
  return [...new Set(inputs.flatMap((input) => Object.keys(asRecord(input))))].sort();
}

function writeArgs(names: readonly string[], input: unknown): string {
  const record = asRecord(input);
  return JSON.stringify(names.map((name) => (Object.hasOwn(record, name) ? record[name] : null)));
}

function readNow(input: unknown): number {
  const { now } = asRecord(input);
  return typeof now === 'number' && Number.isSafeInteger(now) && now >= 0 ? now : 0;
}

function asRecord(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? (input as Record<string, unknown>)
    : { input };
}

function toResult(outcome: SandboxOutcome): CodeResult {
  if (!outcome.isOk) return outcome;
  return { isOk: true, value: outcome.json === undefined ? undefined : JSON.parse(outcome.json) };
}
