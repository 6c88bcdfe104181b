import type { Problem } from '@sluice/shared/graph';
import { AttributeValue, FieldName } from '@sluice/shared/model';
import { checkEventChosen, defineNode, EventName, PropertyName } from '@sluice/shared/node-contract';
import { Type } from 'typebox';
import { enUS } from './i18n/en-US.ts';
import { zhCN } from './i18n/zh-CN.ts';

/** Flows that answer each other's events go on for so long and no longer. */
export const MAX_EVENT_DEPTH = 10;

/** Records an event of the profile, which starts and wakes flows like any other. */
export const emitEvent = defineNode({
  kind: 'emit-event',
  version: 1,
  category: 'action',
  icon: 'notification',
  params: Type.Object(
    {
      event: EventName,
      properties: Type.Array(
        Type.Object(
          {
            property: PropertyName,
            from: Type.Union([Type.Literal('value'), Type.Literal('attribute'), Type.Literal('event')]),
            value: Type.Optional(AttributeValue),
            attribute: Type.Optional(FieldName),
            eventProperty: Type.Optional(PropertyName),
          },
          { additionalProperties: false },
        ),
        { maxItems: 30 },
      ),
    },
    { additionalProperties: false },
  ),
  defaults: { event: '', properties: [] },
  ports: () => [{ id: 'next', label: 'next' }],
  summary: ({ event, properties }) => ({
    key: event.trim() === '' ? 'unset' : properties.length > 0 ? 'filled' : 'event',
    values: { event: event.trim(), properties: properties.map(({ property }) => property).join(', ') },
  }),
  check: ({ event, properties }) => [
    ...checkEventChosen(event, 'emit-event', '/event'),
    ...properties.flatMap(({ property, from, value, attribute, eventProperty }, index): Problem[] => {
      const report = (code: string, field: string): Problem => ({
        code: `emit-event:${code}`,
        severity: 'error',
        param: `/properties/${index}/${field}`,
        values: { property },
      });
      const isTwice = properties.findIndex((other) => other.property === property) !== index;
      return [
        ...(isTwice ? [report('property-twice', 'property')] : []),
        ...(from === 'value' && value === undefined ? [report('value-missing', 'value')] : []),
        ...(from === 'attribute' && attribute === undefined ? [report('attribute-missing', 'attribute')] : []),
        ...(from === 'event' && eventProperty === undefined ? [report('source-missing', 'eventProperty')] : []),
      ];
    }),
  ],
  writes: ({ event }) => ({ event: event.trim() }),
  texts: { 'en-US': enUS, 'zh-CN': zhCN },
});
