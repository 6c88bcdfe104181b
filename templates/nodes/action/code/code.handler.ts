import { AttributeValue, FieldName, type Reason } from '@sluice/shared/model';
import { type CodeResult, defineHandler, type Outcome } from '@sluice/shared/node-contract';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { code, FAILED } from './code.node.ts';

/** What code may return; nothing at all stands for an empty one. */
const Answer = Type.Object(
  {
    port: Type.Optional(Type.String()),
    set: Type.Optional(Type.Record(FieldName, AttributeValue, { additionalProperties: false, maxProperties: 50 })),
    /** Shown with the step, for whoever looks at the run. */
    result: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
);
type Answer = Static<typeof Answer>;

const isAnswer = Compile(Answer);
const MOST_SHOWN = 200;
/** How a failure of the sandbox reads; whatever else it says, the code threw. */
const FAILURES: Readonly<Record<string, string>> = { time: 'time', memory: 'memory', output: 'output' };

export const codeHandler = defineHandler(code, {
  enter: async (context): Promise<Outcome> => {
    const { params, profile, run, now, event } = context;
    const { source, timeoutMs, memoryMiB } = params;
    const input = {
      profile: { id: profile.id, userId: profile.userId ?? null, attributes: profile.attributes },
      event: event ?? null,
      run: { id: run.id, enteredAt: run.enteredAt, variants: run.variants },
      now,
    };
    return leave(await context.runCode(source, input, { timeoutMs, memoryMiB }), params.outputs);
  },
});

function leave(result: CodeResult, outputs: readonly string[]): Outcome {
  if (!result.isOk) return fail(FAILURES[result.code] ?? 'threw', { message: shorten(result.message) });
  const answer: unknown = result.value ?? {};
  if (!isAnswer.Check(answer)) return fail('unreadable', { place: isAnswer.Errors(answer)[0]?.instancePath || '/' });
  const { port = outputs[0] ?? FAILED, set = {} } = answer;
  if (!outputs.includes(port)) return fail('unknown-output', { output: shorten(port) });
  return {
    kind: 'advance',
    port,
    ...(Object.keys(set).length > 0 && { effects: [{ kind: 'update-profile', set }] }),
    reason: reasonOf(answer),
  };
}

function fail(what: string, values: Record<string, string>): Outcome {
  return { kind: 'advance', port: FAILED, reason: { code: `code:${what}`, values } };
}

function reasonOf({ result }: Answer): Reason {
  if (result === undefined) return { code: 'code:ran' };
  return { code: 'code:answered', values: { result: shorten(JSON.stringify(result)) } };
}

function shorten(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
