import { hasErrors } from '@sluice/shared/graph';
import { LOCALES, type Reason } from '@sluice/shared/model';
import {
  type AnyHandler,
  type AnyManifest,
  type CheckContext,
  Effect,
  type FieldHint,
  type Outcome,
  type PortSpec,
  renderSummary,
  type Signal,
} from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { handlers } from './handlers.ts';
import { manifests, nodeManifests } from './manifests.ts';
import type { ParamSchema } from './param-schema.ts';
import { anyOfSchema } from './params.arbitrary.ts';

const FACTS: CheckContext = { attributes: new Map(), events: new Set(), now: 1_800_000_000_000 };
const VERDICT_REASON: Reason = { code: 'verdict' };
const isEffect = Compile(Effect);

test('every kind has exactly one manifest and one handler', () => {
  expect(new Set(nodeManifests.map(({ kind }) => kind)).size).toBe(nodeManifests.length);
  expect([...handlers.keys()].sort()).toEqual([...manifests.keys()].sort());
});

describe.each<AnyManifest>([...manifests.values()])('$kind', (manifest) => {
  const handler = handlerOf(manifest.kind);
  const schema = manifest.params as unknown as ParamSchema;
  const isSound = Compile(manifest.params);
  const params = anyOfSchema(schema) as fc.Arbitrary<never>;
  /** Params that could be published: those a handler may meet. */
  const publishable = fc
    .oneof(fc.constant(manifest.defaults as never), params)
    .filter((any) => !hasErrors(manifest.check?.(any, FACTS) ?? []));
  const step = (any: never, bucket: number, isMatch: boolean, value: string | number | undefined) =>
    fakeStepContext({
      params: any,
      bucket,
      isGateOpen: isMatch,
      verdict: { isMatch, reason: VERDICT_REASON },
      attributes: value === undefined ? {} : { segment: value },
    });
  const circumstances = [
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.boolean(),
    fc.oneof(fc.constant(undefined), fc.constantFrom('A', 'B'), fc.integer()),
  ] as const;

  test('its identity is well formed', () => {
    expect(manifest.kind).toMatch(/^[a-z][a-z0-9-]{1,39}$/);
    expect(manifest.version).toBeGreaterThanOrEqual(1);
    expect(manifest.icon).not.toBe('');
  });

  test('its params are closed and its defaults satisfy them', () => {
    expect(manifest.params).toHaveProperty('additionalProperties', false);
    expect(isSound.Errors(manifest.defaults)).toEqual([]);
  });

  test('its hints name params that exist', () => {
    const named = Object.entries<FieldHint>(manifest.hints ?? {}).flatMap(([name, { showWhen }]) => [
      name,
      ...(showWhen === undefined ? [] : [showWhen.param]),
    ]);
    expect(Object.keys(schema.properties ?? {})).toEqual(expect.arrayContaining(named));
  });

  test('ports, summary and check answer for all params the schema lets through, the same each time', () => {
    fc.assert(
      fc.property(params, (any) => {
        expect(isSound.Errors(any)).toEqual([]);
        const ports = manifest.ports(any);
        expect(manifest.ports(any)).toEqual(ports);
        for (const port of ports) expectPort(manifest, port);
        for (const locale of LOCALES) {
          const words = renderSummary(manifest, manifest.summary(any), {
            locale,
            timeZone: 'Asia/Shanghai',
            describeCondition: () => 'a condition',
          });
          expect(words.trim()).not.toBe('');
        }
        expectProblemsWithTexts(manifest, any);
      }),
    );
  });

  test('the ports of publishable params have different ids', () => {
    fc.assert(
      fc.property(publishable, (any) => {
        const ids = manifest.ports(any).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('the summary of the defaults leaves no place unfilled in either language', () => {
    for (const locale of LOCALES) {
      const reading = { locale, timeZone: 'UTC', describeCondition: () => 'a condition' };
      const words = renderSummary(manifest, manifest.summary(manifest.defaults), reading);
      expect(words).not.toContain('{{');
    }
  });

  test('[RUN-7] its handler answers the same to the same, by declared ports and with effects of known shape', async () => {
    await fc.assert(
      fc.asyncProperty(publishable, ...circumstances, async (any, bucket, isMatch, value) => {
        const context = step(any, bucket, isMatch, value);
        const outcome = await handler.enter(context);
        expect(await handler.enter(context)).toEqual(outcome);
        expectOutcome(manifest, any, outcome);
      }),
    );
  });

  test('it says truthfully whether a visit may wait, and goes on after a wait', async () => {
    let hasWaited = false;
    await fc.assert(
      fc.asyncProperty(publishable, ...circumstances, async (any, bucket, isMatch, value) => {
        const context = step(any, bucket, isMatch, value);
        const outcome = await handler.enter(context);
        if (outcome.kind !== 'wait') return;
        hasWaited = true;
        expect(outcome.untilAt ?? Infinity).toBeGreaterThanOrEqual(context.now);
        for (const signal of signalsOf(outcome)) {
          if (handler.resume === undefined) throw new Error('a handler that waits needs resume');
          const now = outcome.untilAt ?? context.now;
          const memory = outcome.memory ?? {};
          expectOutcome(manifest, any, await handler.resume({ ...context, now, memory }, signal));
        }
      }),
    );
    expect(manifest.canWait === true).toBe(hasWaited);
  });

  test('a trigger has a plan, nothing else has one', () => {
    expect(manifest.trigger !== undefined).toBe(manifest.category === 'trigger');
    if (manifest.trigger === undefined) return;
    expect(manifest.trigger(manifest.defaults)).toHaveProperty('audience');
  });

  test('each arm of an experiment is a way out', () => {
    fc.assert(
      fc.property(publishable, (any) => {
        const ports = manifest.ports(any).map(({ id }) => id);
        for (const { key, name } of manifest.experiment?.(any) ?? []) {
          expect(ports).toContain(key);
          expect(name).not.toBe('');
        }
      }),
    );
  });
});

/** Everything that may end a wait: its timer, each of its events, each result for better and worse. */
function signalsOf(wait: Extract<Outcome, { kind: 'wait' }>): Signal[] {
  const signals = (wait.awaits ?? []).flatMap((awaited): Signal[] =>
    awaited.kind === 'event'
      ? [{ kind: 'event', await: awaited.id, event: { id: 'e1', name: awaited.event, properties: {}, at: 0 } }]
      : [true, false].map((isOk) => ({ kind: 'result', await: awaited.id, result: { isOk } })),
  );
  if (wait.untilAt !== undefined) signals.push({ kind: 'timer' });
  expect(signals).not.toEqual([]);
  return signals;
}

function handlerOf(kind: string): AnyHandler {
  const handler = handlers.get(kind);
  if (handler === undefined) throw new Error(`${kind} has no handler`);
  return handler;
}

function portsTaken(outcome: Outcome): string[] {
  if (outcome.kind === 'fork') return outcome.ports;
  return outcome.kind === 'advance' || outcome.kind === 'join' ? [outcome.port] : [];
}

function expectPort(manifest: AnyManifest, { id, label, text }: PortSpec): void {
  expect(id).toMatch(/^[a-z][a-z0-9_-]{0,39}$/);
  // Exactly one of the catalogue's words and the operator's own.
  expect((label === undefined) !== (text === undefined)).toBe(true);
  for (const locale of LOCALES) expect(text ?? manifest.texts[locale].ports[label ?? '']).toBeTruthy();
}

function expectProblemsWithTexts(manifest: AnyManifest, params: never): void {
  for (const { code, param } of manifest.check?.(params, FACTS) ?? []) {
    expect(code.startsWith(`${manifest.kind}:`)).toBe(true);
    for (const locale of LOCALES) expect(Object.keys(manifest.texts[locale].problems)).toContain(code);
    expect(param ?? '/').toMatch(/^\//);
  }
}

function expectOutcome(manifest: AnyManifest, params: never, outcome: Outcome): void {
  const ports = manifest.ports(params).map(({ id }) => id);
  expect(ports).toEqual(expect.arrayContaining(portsTaken(outcome)));
  for (const effect of outcome.effects ?? []) expect(isEffect.Errors(effect)).toEqual([]);
  const { reason } = outcome;
  if (reason === undefined || reason.code === VERDICT_REASON.code) return;
  for (const locale of LOCALES) expect(Object.keys(manifest.texts[locale].reasons)).toContain(reason.code);
}
