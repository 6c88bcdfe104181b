import type { Attributes, AttributeValue } from '@sluice/shared/model';
import { defineHandler, type ParamsOf, type StepContext } from '@sluice/shared/node-contract';
import { emitEvent, MAX_EVENT_DEPTH } from './emit-event.node.ts';

type Context = StepContext<ParamsOf<typeof emitEvent>>;
type Property = ParamsOf<typeof emitEvent>['properties'][number];

export const emitEventHandler = defineHandler(emitEvent, {
  enter: (context) => {
    const depth = context.event?.depth ?? 0;
    if (depth >= MAX_EVENT_DEPTH)
      throw new Error(
        `emit-event: ${depth} events of flows have led to each other up to here; flows seem to start each other for ever`,
      );
    const name = context.params.event.trim();
    const properties: Attributes = {};
    for (const property of context.params.properties) {
      const value = read(context, property);
      // What is not there is left out: an event says what is known.
      if (value !== undefined) properties[property.property] = value;
    }
    return {
      kind: 'advance',
      port: 'next',
      effects: [{ kind: 'emit-event', name, properties }],
      reason: { code: 'emit-event:asked', values: { event: name } },
    };
  },
});

function read(context: Context, { from, value, attribute, eventProperty }: Property): AttributeValue | undefined {
  if (from === 'value') return value;
  if (from === 'attribute') return attribute === undefined ? undefined : context.attribute(attribute);
  const properties = context.event?.properties ?? {};
  const found =
    eventProperty !== undefined && Object.hasOwn(properties, eventProperty) ? properties[eventProperty] : undefined;
  return isSimple(found) ? found : undefined;
}

/** An event that was sent in may hold objects; one that a flow records holds values. */
function isSimple(value: unknown): value is AttributeValue {
  const isScalar = (one: unknown) => ['string', 'number', 'boolean'].includes(typeof one);
  return isScalar(value) || value === null || (Array.isArray(value) && value.every(isScalar));
}
