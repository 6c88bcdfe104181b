import { type Static, Type } from 'typebox';
import { FieldName } from '../model/attribute.ts';
import { ParamName } from './template-params.ts';

const CLOSED = { additionalProperties: false } as const;
const EventName = Type.String({ minLength: 1, maxLength: 128 });

/** An attribute by its name, or the one that the operator names in a param. */
export const AttributeRef = Type.Union([FieldName, Type.Object({ param: ParamName }, CLOSED)]);
export type AttributeRef = Static<typeof AttributeRef>;

/** A host that may be called, by its exact name; what stands before it is not covered. With a port where that is not the usual one. */
export const HostName = Type.String({
  maxLength: 260,
  pattern: '^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*(?::\\d{1,5})?$',
});

/**
 * What a template wants to read and do beyond computing with its params. Whatever is absent it cannot reach. What an
 * administrator grants is written in the same form and is what holds.
 */
export const Capabilities = Type.Object(
  {
    /** Attributes of the profile that the step gets to see. */
    readAttributes: Type.Optional(Type.Array(AttributeRef, { maxItems: 50 })),
    /** The id by which other systems know the person. */
    readUserId: Type.Optional(Type.Boolean()),
    /** The event that started the run, or that it last waited for, with its properties. */
    readEvent: Type.Optional(Type.Boolean()),
    /** Names of events: the latest of each is read, and the step may wait for the next. */
    readHistory: Type.Optional(Type.Array(EventName, { maxItems: 10 })),
    writeAttributes: Type.Optional(Type.Array(AttributeRef, { maxItems: 50 })),
    emitEvents: Type.Optional(Type.Array(EventName, { maxItems: 10 })),
    callHosts: Type.Optional(Type.Array(HostName, { maxItems: 10 })),
  },
  CLOSED,
);
export type Capabilities = Static<typeof Capabilities>;

/** One thing that is asked for, as an administrator decides on it. */
export interface Demand {
  capability: keyof Capabilities;
  /** Absent where the capability is asked for as a whole. */
  of?: AttributeRef;
}

export function demandsOf(asked: Capabilities): Demand[] {
  return (Object.keys(Capabilities.properties) as (keyof Capabilities)[]).flatMap((capability): Demand[] => {
    const value = asked[capability];
    if (value === undefined || value === false) return [];
    return value === true ? [{ capability }] : value.map((of) => ({ capability, of }));
  });
}

/** Whether a grant holds what is demanded. */
export function holds(grant: Capabilities, { capability, of }: Demand): boolean {
  const value = grant[capability];
  if (value === undefined || typeof value === 'boolean') return value === true && of === undefined;
  return value.some((one) => isSameRef(one, of));
}

/** The part of what is asked that `isWanted` picks. */
export function grantOf(asked: Capabilities, isWanted: (demand: Demand) => boolean): Capabilities {
  const grant: Record<string, true | AttributeRef[]> = {};
  for (const demand of demandsOf(asked).filter(isWanted)) {
    const { capability, of } = demand;
    if (of === undefined) grant[capability] = true;
    else grant[capability] = [...((grant[capability] as AttributeRef[] | undefined) ?? []), of];
  }
  return grant as Capabilities;
}

/** Names of attributes once the params are known; a param that is empty names none. */
export function attributeNames(
  refs: readonly AttributeRef[] | undefined,
  params: Readonly<Record<string, unknown>>,
): string[] {
  return (refs ?? []).flatMap((ref) => {
    const name = typeof ref === 'string' ? ref : Object.hasOwn(params, ref.param) ? params[ref.param] : undefined;
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}

function isSameRef(a: AttributeRef | undefined, b: AttributeRef | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object') return a.param === b.param;
  return a === b;
}
