import type { Words } from '@sluice/shared/errors';
import { hasErrors } from '@sluice/shared/graph';
import { type Locale, LOCALES, type Reason, RUN_REASON_TEXTS } from '@sluice/shared/model';
import {
  type AnyHandler,
  type AnyManifest,
  type CheckContext,
  Effect,
  type FieldHint,
  type Outcome,
  renderSummary,
  type Signal,
  type StepContext,
} from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import type { ParamSchema } from './param-schema.ts';
import { anyOfSchema } from './params.arbitrary.ts';

/** A kind as the suite takes it, built in or published. */
export interface KindUnderTest {
  manifest: AnyManifest;
  handler: AnyHandler;
  /** Where its handler computes; the built-in ones compute in the process. */
  runCode?: StepContext<unknown>['runCode'];
  /** It is known from elsewhere that it waits: what is made up here may never come to that. */
  isSeenWaiting?: boolean;
}

/** One thing that every kind keeps. `prove` throws a sentence, with the example that was found against it. */
export interface ConformanceRule {
  name: Words;
  prove(kind: KindUnderTest): void | Promise<void>;
}

const FACTS: CheckContext = { attributes: new Map(), events: new Set(), now: 1_800_000_000_000 };
const VERDICT_REASON: Reason = { code: 'verdict' };
const isEffect = Compile(Effect);

export const conformanceRules: readonly ConformanceRule[] = [
  {
    name: {
      'en-US': 'its identity is well formed',
      'zh-CN': '标识符合要求',
    },
    prove({ manifest }) {
      demand(/^[a-z][a-z0-9-]{1,39}(@\d+\.\d+\.\d+)?$/.test(manifest.kind), `${manifest.kind} is no name of a kind`);
      demand(manifest.version >= 1, 'its version is below 1');
      demand(manifest.icon !== '', 'it names no icon');
    },
  },
  {
    name: {
      'en-US': 'its params are closed and its defaults satisfy them',
      'zh-CN': '参数没有多余字段，默认值符合参数要求',
    },
    prove({ manifest }) {
      demand((manifest.params as { additionalProperties?: unknown }).additionalProperties === false, 'they are open');
      demandNone(Compile(manifest.params).Errors(manifest.defaults), 'its defaults');
    },
  },
  {
    name: {
      'en-US': 'its hints name params that exist',
      'zh-CN': '界面提示只涉及已有的参数',
    },
    prove({ manifest }) {
      const known = Object.keys(schemaOf(manifest).properties ?? {});
      for (const [name, { showWhen }] of Object.entries<FieldHint>(manifest.hints ?? {}))
        for (const named of [name, ...(showWhen ? [showWhen.param] : [])])
          demand(known.includes(named), `a hint names ${named}`);
    },
  },
  {
    name: {
      'en-US': 'ports, summary and check answer for all params the schema lets through, the same each time',
      'zh-CN': '对任何合法参数，出口、摘要和检查都有结果，且每次相同',
    },
    prove({ manifest }) {
      const isSound = Compile(manifest.params);
      fc.assert(
        fc.property(paramsOf(manifest), (params) => {
          demandNone(isSound.Errors(params), 'params');
          const ports = manifest.ports(params);
          demandSame(manifest.ports(params), ports, 'its ports differ from one time to the next');
          for (const { id, label, text } of ports) {
            demand(/^[a-z][a-z0-9_-]{0,39}$/.test(id), `${JSON.stringify(id)} is no id of a port`);
            // Exactly one of the catalogue's words and the operator's own.
            demand((label === undefined) !== (text === undefined), `the port ${id} has two names, or none`);
            for (const locale of LOCALES)
              demand((text ?? manifest.texts[locale].ports[label ?? '']) !== undefined, `${id} has no ${locale} name`);
          }
          for (const locale of LOCALES) demand(wordsOf(manifest, params, locale).trim() !== '', 'its card is empty');
          for (const { code, param } of manifest.check?.(params, FACTS) ?? []) demandProblem(manifest, code, param);
        }),
      );
    },
  },
  {
    name: {
      'en-US': 'the ports of publishable params have different ids',
      'zh-CN': '可发布的参数下，各出口标识不同',
    },
    prove({ manifest }) {
      fc.assert(
        fc.property(publishableOf(manifest), (params) => {
          const ids = manifest.ports(params).map(({ id }) => id);
          demand(new Set(ids).size === ids.length, `two of its ports are called alike: ${ids.join(', ')}`);
        }),
      );
    },
  },
  {
    name: {
      'en-US': 'the summary of the defaults leaves no place unfilled in either language',
      'zh-CN': '默认值的摘要在两种语言中都没有空缺',
    },
    prove({ manifest }) {
      for (const locale of LOCALES) {
        const words = wordsOf(manifest, manifest.defaults as never, locale);
        demand(!words.includes('{{'), `in ${locale} it reads: ${words}`);
      }
    },
  },
  {
    name: {
      'en-US': '[RUN-7] its handler answers the same to the same, by declared ports and with effects of known shape',
      'zh-CN': '[RUN-7] 处理代码对相同输入给出相同结果，只用声明过的出口，效果格式正确',
    },
    async prove(kind) {
      await fc.assert(
        fc.asyncProperty(publishableOf(kind.manifest), ...CIRCUMSTANCES, async (params, bucket, isMatch, value) => {
          const context = stepOf(kind, params, bucket, isMatch, value);
          const outcome = await kind.handler.enter(context);
          demandSame(await kind.handler.enter(context), outcome, 'the same step was answered in two ways');
          demandOutcome(kind.manifest, params, outcome);
        }),
      );
    },
  },
  {
    name: {
      'en-US': 'it says truthfully whether a visit may wait, and goes on after a wait',
      'zh-CN': '如实声明是否会等待，等待后能够继续',
    },
    async prove(kind) {
      const { manifest, handler } = kind;
      let hasWaited = kind.isSeenWaiting === true;
      await fc.assert(
        fc.asyncProperty(publishableOf(manifest), ...CIRCUMSTANCES, async (params, bucket, isMatch, value) => {
          const context = stepOf(kind, params, bucket, isMatch, value);
          const outcome = await handler.enter(context);
          if (outcome.kind !== 'wait') return;
          hasWaited = true;
          demand((outcome.untilAt ?? Infinity) >= context.now, 'it waits for the past');
          const signals = signalsOf(outcome);
          demand(signals.length > 0, 'it waits for nothing');
          for (const signal of signals) {
            if (handler.resume === undefined) throw new Error('a handler that waits needs resume');
            const now = outcome.untilAt ?? context.now;
            const memory = outcome.memory ?? {};
            demandOutcome(manifest, params, await handler.resume({ ...context, now, memory }, signal));
          }
        }),
      );
      demand((manifest.canWait === true) === hasWaited, hasWaited ? 'it waits without canWait' : 'it never waits');
    },
  },
  {
    name: {
      'en-US': 'a trigger has a plan, nothing else has one',
      'zh-CN': '只有触发节点才有触发计划',
    },
    prove({ manifest }) {
      demand((manifest.trigger !== undefined) === (manifest.category === 'trigger'), 'its category says otherwise');
      if (manifest.trigger) demand('audience' in manifest.trigger(manifest.defaults), 'its plan names no audience');
    },
  },
  {
    name: {
      'en-US': 'each arm of an experiment is a way out',
      'zh-CN': '实验的每个分组都是一个出口',
    },
    prove({ manifest }) {
      fc.assert(
        fc.property(publishableOf(manifest), (params) => {
          const ports = manifest.ports(params).map(({ id }) => id);
          for (const { key, name } of manifest.experiment?.(params) ?? []) {
            demand(ports.includes(key), `the arm ${key} is no way out`);
            demand(name !== '', `the arm ${key} has no name`);
          }
        }),
      );
    },
  },
];

/** Besides the params: the draw, what conditions answer, and the value of an attribute. */
const CIRCUMSTANCES = [
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.boolean(),
  fc.oneof(fc.constant(undefined), fc.constantFrom('A', 'B'), fc.integer()),
] as const;

function schemaOf(manifest: AnyManifest): ParamSchema {
  return manifest.params as unknown as ParamSchema;
}

function paramsOf(manifest: AnyManifest): fc.Arbitrary<never> {
  return anyOfSchema(schemaOf(manifest)) as fc.Arbitrary<never>;
}

/** Params that could be published: those a handler may meet. */
function publishableOf(manifest: AnyManifest): fc.Arbitrary<never> {
  return fc
    .oneof(fc.constant(manifest.defaults as never), paramsOf(manifest))
    .filter((params) => !hasErrors(manifest.check?.(params, FACTS) ?? []));
}

function stepOf(
  { manifest, runCode }: KindUnderTest,
  params: never,
  bucket: number,
  isMatch: boolean,
  value: string | number | undefined,
): StepContext<never> {
  const names = ['segment', ...(manifest.reads?.(params) ?? [])];
  const context = fakeStepContext<never>({
    params,
    bucket,
    isGateOpen: isMatch,
    verdict: { isMatch, reason: VERDICT_REASON },
    attributes: value === undefined ? {} : Object.fromEntries(names.map((name) => [name, value])),
  });
  return runCode ? { ...context, runCode } : context;
}

function wordsOf(manifest: AnyManifest, params: never, locale: Locale): string {
  const reading = { locale, timeZone: 'Asia/Shanghai', describeCondition: () => 'a condition' };
  return renderSummary(manifest, manifest.summary(params), reading);
}

/** Everything that may end a wait: its timer, each of its events, each result for better and worse, whoever answers what. */
function signalsOf(wait: Extract<Outcome, { kind: 'wait' }>): Signal[] {
  const signals = (wait.awaits ?? []).flatMap((awaited): Signal[] =>
    awaited.kind === 'event'
      ? [{ kind: 'event', await: awaited.id, event: { id: 'e1', name: awaited.event, properties: {}, at: 0 } }]
      : [
          { isOk: true, value: { status: 200, body: '{}' } },
          { isOk: true, value: { status: 200, body: 'no JSON' } },
          { isOk: false, code: 'unreachable' },
        ].map((result) => ({ kind: 'result', await: awaited.id, result })),
  );
  if (wait.untilAt !== undefined) signals.push({ kind: 'timer' });
  return signals;
}

function demandProblem(manifest: AnyManifest, code: string, param = '/'): void {
  // What every kind may say has its words among those of the graph.
  if (!code.includes(':')) return;
  demand(code.startsWith(`${manifest.kind}:`), `the problem ${code} does not begin with its kind`);
  for (const locale of LOCALES)
    demand(Object.hasOwn(manifest.texts[locale].problems, code), `the problem ${code} has no ${locale} text`);
  demand(param.startsWith('/'), `the problem ${code} is at ${param}, which is no pointer`);
}

function demandOutcome(manifest: AnyManifest, params: never, outcome: Outcome): void {
  const ports = manifest.ports(params).map(({ id }) => id);
  for (const port of portsTaken(outcome)) demand(ports.includes(port), `it left by ${port}, which is no way out`);
  for (const effect of outcome.effects ?? []) demandNone(isEffect.Errors(effect), 'an effect');
  const { code = VERDICT_REASON.code } = outcome.reason ?? {};
  if (code === VERDICT_REASON.code) return;
  for (const locale of LOCALES) {
    const texts = { ...RUN_REASON_TEXTS[locale], ...manifest.texts[locale].reasons };
    demand(Object.hasOwn(texts, code), `the reason ${code} has no ${locale} text`);
  }
}

function portsTaken(outcome: Outcome): string[] {
  if (outcome.kind === 'fork') return outcome.ports;
  return outcome.kind === 'advance' || outcome.kind === 'join' ? [outcome.port] : [];
}

function demand(isSo: boolean, sentence: string): void {
  if (!isSo) throw new Error(sentence);
}

function demandNone(errors: readonly { instancePath: string; message: string }[], what: string): void {
  const [first] = errors;
  demand(first === undefined, `${what} do not fit at ${first?.instancePath || '/'}: ${first?.message}`);
}

function demandSame(found: unknown, expected: unknown, sentence: string): void {
  const [one, other] = [fc.stringify(found), fc.stringify(expected)];
  demand(one === other, `${sentence}: ${one} and ${other}`);
}
