import { defineHandler, type HandlerOf } from '@sluice/shared/node-contract';
import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { filter } from './condition/filter/filter.node.ts';
import { delay } from './control/delay/delay.node.ts';
import type { BuiltInManifest } from './manifests.ts';

type Handlers = { [M in BuiltInManifest as M['kind']]: HandlerOf<M> };

test('a port that the manifest does not declare does not compile', () => {
  // @ts-expect-error 'maybe' is no port of the filter
  const handler = defineHandler(filter, { enter: () => ({ kind: 'advance', port: 'maybe' }) });
  expect(handler).toHaveProperty('enter');
});

test('a param that the schema does not have does not compile', () => {
  const handler = defineHandler(delay, {
    // @ts-expect-error the param is called durationMs
    enter: ({ now, params }) => ({ kind: 'wait', untilAt: now + Number(params.seconds) }),
  });
  const outcome = handler.enter(fakeStepContext({ params: { durationMs: 1 } }));
  expect(outcome).toMatchObject({ untilAt: Number.NaN });
});

test('a kind without a handler does not compile', () => {
  // @ts-expect-error the handlers of all kinds are missing
  const none: Handlers = {};
  expect(none).toEqual({});
});
