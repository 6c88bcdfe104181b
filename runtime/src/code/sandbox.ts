import { JSException, type JSValueHandle, QuickJS } from 'quickjs-wasi';
import { GUEST } from './guest.ts';
import { assertIsBody } from './read-body.ts';

export interface SandboxLimits {
  /** Computing time of one run, in milliseconds of this thread: waiting for a processor does not count. */
  timeoutMs: number;
  /** All memory of the engine and the code together. */
  memoryBytes: number;
  /** Characters of the result as JSON. */
  mostOutput: number;
}

/** The body of a function, and the names of its parameters. */
export interface SandboxSource {
  body: string;
  names: readonly string[];
}

/** `json` is absent where the code returned nothing. */
export type SandboxOutcome = { isOk: true; json?: string } | { isOk: false; code: string; message: string };

export interface Sandbox {
  /** `args` is a JSON list of the values, `now` (Unix milliseconds) what the code's clock shows. */
  run(args: string, now: number): Promise<SandboxOutcome>;
}

/** Far below what the thread has, so that deep recursion ends in an error of the code's own. */
const STACK_BYTES = 256 * 1024;

/** Computing time for making a machine and reading the source. */
const MOST_BUILD_MS = 2000;

const OUT_OF_TIME: SandboxOutcome = { isOk: false, code: 'time', message: 'It took too long' };
const OUT_OF_MEMORY: SandboxOutcome = { isOk: false, code: 'memory', message: 'It took too much memory' };
const failed = (message: string): SandboxOutcome => ({ isOk: false, code: 'error', message: message.slice(0, 500) });

interface Machine {
  vm: QuickJS;
  memory: WebAssembly.Memory;
  start: JSValueHandle;
  take: JSValueHandle;
  /** The whole memory before the first run. */
  pristine: Uint8Array;
}

/**
 * Runs one source again and again, each time in the very state it was made in: the machine's memory is written back after
 * every run, so that nothing a run leaves behind (globals, changed prototypes, its generator of numbers) meets the next.
 * There is no I/O, no clock but `now`, and no number that does not follow from the input (RUN-7). `cpuNow` gives the
 * computing time of this thread in milliseconds.
 */
export function createSandbox(
  wasm: WebAssembly.Module,
  source: SandboxSource,
  limits: SandboxLimits,
  cpuNow: () => number,
): Sandbox {
  let machine: Machine | undefined;
  let slackBytes = 0;
  let now = 0;
  let deadline = Number.POSITIVE_INFINITY;
  let isLate = false;

  async function build(): Promise<Machine> {
    assertIsBody(source.body, source.names);
    now = 0;
    let memory: WebAssembly.Memory | undefined;
    const vm = await QuickJS.create({
      wasm,
      memoryLimit: limits.memoryBytes,
      maxStackSize: STACK_BYTES,
      timezoneOffset: 0,
      interruptHandler: () => {
        isLate ||= cpuNow() > deadline;
        return isLate;
      },
      wasi: (own: WebAssembly.Memory) => {
        memory = own;
        return {
          clock_time_get: (_clock: number, _precision: bigint, at: number) => {
            new DataView(own.buffer).setBigUint64(at, BigInt(now) * 1_000_000n, true);
            return 0;
          },
        };
      },
    });
    if (memory === undefined) throw new Error('The engine has shown no memory');
    // Memory that is asked for and given back stays at hand for the runs, which then need not make it grow.
    if (slackBytes > 0) vm.evalCode(`new ArrayBuffer(${slackBytes}); undefined`).dispose();
    using harness = vm.evalCode(GUEST);
    using names = vm.newString(JSON.stringify(source.names));
    using body = vm.newString(source.body);
    using most = vm.newNumber(limits.mostOutput);
    using guest = vm.callFunction(harness, vm.undefined, names, body, most);
    const start = guest.getProp('start');
    const take = guest.getProp('take');
    return { vm, memory, start, take, pristine: vm.snapshot().memory };
  }

  function attempt({ vm, start, take }: Machine, args: string, seed: number): SandboxOutcome {
    using input = vm.newString(args);
    using seedHandle = vm.newNumber(seed);
    vm.callFunction(start, vm.undefined, input, seedHandle).dispose();
    vm.executePendingJobs();
    using outcome = vm.callFunction(take, vm.undefined);
    if (!outcome.isString) return failed('Its promise is never settled');
    return readOutcome(outcome.toString());
  }

  function leaveAsFound({ memory, pristine }: Machine): void {
    const grown = memory.buffer.byteLength - pristine.byteLength;
    if (grown === 0) return new Uint8Array(memory.buffer).set(pristine);
    // What has grown cannot shrink: the next run gets a new machine that has the memory from the start.
    machine = undefined;
    slackBytes = Math.min(slackBytes + grown, limits.memoryBytes / 2);
  }

  return {
    run: async (args, instant) => {
      isLate = false;
      try {
        if (machine === undefined) {
          deadline = cpuNow() + MOST_BUILD_MS;
          machine = await build();
        }
        now = instant;
        deadline = cpuNow() + limits.timeoutMs;
        const outcome = attempt(machine, args, seedOf(args));
        // Some steps of the engine take long and ask for no time: writing out a deep object, joining a huge list.
        isLate ||= cpuNow() > deadline;
        leaveAsFound(machine);
        return isLate && outcome !== OUT_OF_MEMORY ? OUT_OF_TIME : outcome;
      } catch (error) {
        // The engine itself was stopped somewhere inside: nothing of it is used again.
        machine = undefined;
        return isLate ? OUT_OF_TIME : readFailure(error);
      } finally {
        deadline = Number.POSITIVE_INFINITY;
      }
    },
  };
}

function readOutcome(text: string): SandboxOutcome {
  const rest = text.slice(1);
  switch (text[0]) {
    case 'v':
      return { isOk: true, json: rest };
    case 'u':
      return { isOk: true };
    case 'm':
      return OUT_OF_MEMORY;
    case 'o':
      return { isOk: false, code: 'output', message: rest.slice(0, 500) };
    default:
      return failed(rest);
  }
}

/** What the code's own `catch` did not get to see: a source that is none, an end of memory, a stack that ran out. */
function readFailure(error: unknown): SandboxOutcome {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('out of memory')) return OUT_OF_MEMORY;
  const isNamed = error instanceof JSException || error instanceof SyntaxError;
  return failed(isNamed ? `${error.name}: ${message}` : message);
}

/** FNV-1a, 32 bits: the same input gives the same random numbers, another one others. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}
