import { fakeStepContext } from '@sluice/shared/node-contract/testing';
import { expect, test } from 'vitest';
import { emitEventHandler } from './emit-event.handler.ts';
import { emitEvent, MAX_EVENT_DEPTH } from './emit-event.node.ts';

type Params = (typeof emitEvent)['defaults'];

const properties: Params['properties'] = [
  { property: 'source', from: 'value', value: 'flow' },
  { property: 'city', from: 'attribute', attribute: 'city' },
  { property: 'order', from: 'event', eventProperty: 'orderId' },
  { property: 'items', from: 'event', eventProperty: 'items' },
];
const event = (depth?: number) => ({
  id: 'e1',
  name: 'Order Placed',
  properties: { orderId: 'o-7', items: [{ sku: 1 }] },
  at: 0,
  ...(depth !== undefined && { depth }),
});

test('values, attributes and properties of the last event become properties; what is not there is left out', () => {
  const context = fakeStepContext({
    params: { event: ' Won Back ', properties },
    attributes: {},
    event: event(),
  });
  expect(emitEventHandler.enter(context)).toMatchObject({
    kind: 'advance',
    port: 'next',
    effects: [{ kind: 'emit-event', name: 'Won Back', properties: { source: 'flow', order: 'o-7' } }],
  });
  const inParis = { ...context, attribute: () => 'Paris' };
  expect(emitEventHandler.enter(inParis)).toMatchObject({ effects: [{ properties: { city: 'Paris' } }] });
});

test('flows that answer each other for ever are stopped with a reason', () => {
  const at = (depth: number) =>
    emitEventHandler.enter(fakeStepContext({ params: { event: 'A', properties: [] }, event: event(depth) }));
  expect(at(MAX_EVENT_DEPTH - 1)).toMatchObject({ kind: 'advance' });
  expect(() => at(MAX_EVENT_DEPTH)).toThrow('start each other for ever');
});

test('a missing event, source or value and a property twice are errors', () => {
  const facts = { attributes: new Map<string, string>(), events: new Set<string>() };
  const check = (params: Params) => emitEvent.check?.(params, facts).map(({ code, param }) => [code, param]);
  expect(check({ event: 'A', properties })).toEqual([]);
  expect(
    check({
      event: ' ',
      properties: [
        { property: 'a', from: 'value' },
        { property: 'a', from: 'attribute' },
        { property: 'b', from: 'event' },
      ],
    }),
  ).toEqual([
    ['emit-event:event-missing', '/event'],
    ['emit-event:value-missing', '/properties/0/value'],
    ['emit-event:property-twice', '/properties/1/property'],
    ['emit-event:attribute-missing', '/properties/1/attribute'],
    ['emit-event:source-missing', '/properties/2/eventProperty'],
  ]);
});
