import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError, explainMisfit } from '@sluice/shared/errors';
import { FlowCall } from '@sluice/shared/http-api';
import jsonata from 'jsonata';
import { Compile } from 'typebox/compile';
import { createCodeRunner } from '../code/code-runner.ts';
import { checkDocument } from '../http/check-document.ts';

const MOST_CALLS = 1000;
const LIMITS = { timeoutMs: 500, memoryMiB: 64 };
const MOST_OUTPUT = 4 * 1024 * 1024;
const FIELDS = Object.keys(FlowCall.properties);
const isFlowCall = Compile(FlowCall);

export interface Mapping {
  /**
   * What a body means: whom it names, in its order. An expression that gives nothing names nobody. Throws
   * `request-invalid` with the reason.
   */
  callsOf(body: unknown, expression: string | undefined, now: number): Promise<FlowCall[]>;
  stop(): Promise<void>;
}

/**
 * Expressions run where code of users runs: without I/O, and stopped when they take too long or too much. In a thread of
 * their own, so that nobody who sends to an address holds up the code of flows.
 */
export function createMapping(): Mapping {
  const runner = createCodeRunner({ threads: 1, mostOutput: MOST_OUTPUT });
  const source = sourceOf();
  return {
    async callsOf(body, expression, now) {
      const mapped = expression === undefined ? pickFields(body) : await evaluate(body, expression, now);
      const items = Array.isArray(mapped) ? (mapped as unknown[]) : [mapped];
      if (items.length > MOST_CALLS) refuse(`The body names ${items.length} people; at most ${MOST_CALLS} go into one`);
      return items.map(readCall);
    },
    stop: () => runner.stop(),
  };

  async function evaluate(body: unknown, expression: string, now: number): Promise<unknown> {
    const [result] = await runner.run(source, [{ body, expression, now }], LIMITS);
    if (!result) throw new Error('The code runner has given no result');
    if (!result.isOk) return refuse(`The mapping expression failed: ${result.message}`);
    return result.value ?? [];
  }
}

/** Why an expression cannot be read; undefined for one that can. Pure. */
export function problemOfMapping(expression: string): string | undefined {
  try {
    jsonata(expression);
    return undefined;
  } catch (error) {
    // The parser throws objects that are no errors; a stack that ran out is one.
    return String((error as { message?: unknown }).message ?? error);
  }
}

function sourceOf(): string {
  const library = readFileSync(fileURLToPath(import.meta.resolve('jsonata/jsonata.min.js')), 'utf8');
  return `const module = { exports: {} };
const exports = module.exports;
${library};
try {
  return await module.exports(expression).evaluate(body);
} catch (error) {
  throw error instanceof Error ? error : new Error(error.message);
}`;
}

function pickFields(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(pickFields);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => FIELDS.includes(name)));
}

function readCall(item: unknown, index: number): FlowCall {
  if (!isFlowCall.Check(item)) {
    const { path, message } = explainMisfit(FlowCall, item);
    return refuse(`What the body means for person ${index + 1} does not fit: ${path || 'it'} ${message}`);
  }
  checkDocument(item);
  return item;
}

function refuse(problem: string): never {
  throw new AppError('request-invalid', problem, { details: { problem } });
}
