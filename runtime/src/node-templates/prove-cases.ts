import type { Words } from '@sluice/shared/errors';
import type { Locale } from '@sluice/shared/model';
import type { AnyHandler, Signal, StepContext } from '@sluice/shared/node-contract';
import {
  differenceOf,
  type TemplateCase,
  type TemplateManifest,
  type TemplateOutcome,
  toHandler,
  toManifest,
} from '@sluice/shared/node-template';
import type { CodeRunner } from '../executor/world.ts';
import { writeOutcome } from './write-outcome.ts';

/** What came of one case; `problem` says where the answer is another than was expected. */
export interface CaseProof {
  name: string;
  problem?: Words;
}

const NOW = 1_800_000_000_000;

/** Runs the cases of a template in the sandbox, granted all that it asks for. Never rejects for anything a handler does. */
export async function proveCases(
  template: TemplateManifest,
  source: string,
  cases: readonly TemplateCase[],
  code: CodeRunner,
): Promise<CaseProof[]> {
  const manifest = toManifest(template, template.capabilities);
  const handler = toHandler(template, manifest, source, template.capabilities);
  return Promise.all(cases.map(async (one) => ({ name: one.name, ...(await prove(template, handler, one, code)) })));
}

async function prove(
  template: TemplateManifest,
  handler: AnyHandler,
  one: TemplateCase,
  code: CodeRunner,
): Promise<{ problem?: Words }> {
  const context = contextOf(template, one, code);
  let answer: TemplateOutcome;
  try {
    const outcome = one.signal
      ? await handler.resume?.(context, signalOf(one.signal, context.now))
      : await handler.enter(context);
    if (!outcome)
      return {
        problem: {
          'en-US': 'It has a signal, but the template cannot wait (canWait)',
          'zh-CN': '用例中有信号，但模板不会等待（canWait）',
        },
      };
    answer = writeOutcome(outcome, context.now, `${template.name}@${template.version}:`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { failure } = one.expect as { failure?: string };
    if (failure !== undefined && message.includes(failure)) return {};
    return { problem: { 'en-US': `It failed: ${message}`, 'zh-CN': `执行失败：${message}` } };
  }
  const place = differenceOf(one.expect, answer);
  if (place === undefined) return {};
  const found = JSON.stringify(answer);
  return {
    problem: { 'en-US': `At ${place} the answer is another: ${found}`, 'zh-CN': `${place} 处结果不同：${found}` },
  };
}

function contextOf(template: TemplateManifest, one: TemplateCase, code: CodeRunner): StepContext<never> {
  const { attributes = {}, now = NOW, userId = 'user-1' } = one;
  const toFacts = ({ name, properties = {}, at = now }: NonNullable<TemplateCase['event']>) => ({
    id: 'event-1',
    name,
    properties,
    at,
  });
  const event = one.event && toFacts(one.event);
  return {
    now,
    timeZone: 'Asia/Shanghai',
    profileTimeZone: 'Asia/Shanghai',
    params: { ...template.defaults, ...one.params } as never,
    nodeId: 'node-1',
    profile: { id: 'profile-1', userId, attributes },
    run: { id: 'run-1', flowId: 'flow-1', version: 1, enteredAt: now, variants: {} },
    ...(event && { event, firstEvent: event }),
    memory: one.memory ?? {},
    visits: one.visits ?? 1,
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    matches: async () => ({ isMatch: one.matches ?? true }),
    bucket: () => one.chance ?? 0,
    pastEvent: async (name) => {
      const found = one.history?.findLast((past) => past.name === name);
      return found && toFacts(found);
    },
    reserveSlot: async () => now,
    passGate: async () => true,
    decision: async () => undefined,
    runCode: async (source, input, limits) => {
      const [result] = await code.run(source, [input], limits);
      return result ?? { isOk: false, code: 'error', message: 'The sandbox gave no answer' };
    },
  };
}

function signalOf(signal: NonNullable<TemplateCase['signal']>, now: number): Signal {
  if (signal.kind === 'timer') return signal;
  if (signal.kind === 'event') {
    const { name, properties = {}, at = now } = signal.event;
    return { kind: 'event', await: name, event: { id: 'event-2', name, properties, at } };
  }
  const { isOk, code, status, body } = signal;
  const value = { ...(status !== undefined && { status }), ...(body !== undefined && { body }) };
  return { kind: 'result', await: 'answer', result: { isOk, ...(code !== undefined && { code }), value } };
}

/** How a case's failure reads in a list of problems. */
export function describeProof({ name, problem }: CaseProof, locale: Locale): string {
  const why = problem?.[locale] ?? '';
  return locale === 'zh-CN' ? `用例“${name}”未通过：${why}` : `The case “${name}” fails. ${why}`;
}
