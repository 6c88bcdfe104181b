import type { AttributeDeclaration, ValueType } from '@sluice/shared/model';
import { declareCollection } from '../stores/database.ts';

export interface AttributeDefinitionRecord {
  /** The attribute's name. */
  _id: string;
  /** The type it was first seen or declared with; verdicts do not depend on it. */
  type: ValueType;
  /** Other types seen since, for the warning of COND-5. */
  otherTypes?: ValueType[];
  /** What people have said of it; absent while nobody has. */
  declaration?: AttributeDeclaration;
  /** It has had an order of sources: from then on it is noted who writes it, whatever the rule is later. */
  isSourced?: true;
  /** Somebody deleted it; gone again with the first value that is sent later. What was said of it is kept, its masks above all. */
  deleted?: { at: Date; by: string };
  /** Its values are being taken away. */
  isClearing?: true;
  samples: string[];
  lastSeenAt: Date;
}

export interface EventDefinitionRecord {
  /** The event's name. */
  _id: string;
  properties: Record<string, ValueType>;
  count: number;
  lastSeenAt: Date;
}

export const attributeDefinitions = declareCollection<AttributeDefinitionRecord>('attributeDefinitions');
export const eventDefinitions = declareCollection<EventDefinitionRecord>('eventDefinitions');
