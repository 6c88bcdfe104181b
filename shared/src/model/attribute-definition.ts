import { type Static, Type } from 'typebox';
import { FieldName, ValueType } from './attribute.ts';
import { AttributeRule } from './attribute-rule.ts';
import { MergeRule } from './merge-rule.ts';
import { AttributeRights, MaskKind, Sensitivity } from './sensitivity.ts';

/** What people say of an attribute, beside what is seen of it. */
export const AttributeDeclaration = Type.Object(
  {
    displayName: Type.Optional(Type.String({ maxLength: 120 })),
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    /** Who answers for it: a person or a team, in their own words. */
    owner: Type.Optional(Type.String({ maxLength: 120 })),
    sensitivity: Sensitivity,
    /** Absent: by the form of the value. */
    maskAs: Type.Optional(MaskKind),
    rule: Type.Optional(AttributeRule),
    /** Absent: the value that was said later, else that of the profile that goes on. */
    onMerge: Type.Optional(MergeRule),
  },
  { additionalProperties: false },
);
export type AttributeDeclaration = Static<typeof AttributeDeclaration>;

/** One line of the data dictionary. */
export const AttributeDefinition = Type.Object({
  name: FieldName,
  type: ValueType,
  ...AttributeDeclaration.properties,
  /** Of the one who asks. */
  rights: AttributeRights,
  /** Up to 20 values seen, offered by value pickers when the attribute looks like an enumeration. */
  samples: Type.Array(Type.String()),
  lastSeenAt: Type.String(),
});
export type AttributeDefinition = Static<typeof AttributeDefinition>;

export const EventDefinition = Type.Object({
  name: Type.String(),
  properties: Type.Record(Type.String(), ValueType),
  count: Type.Integer(),
  lastSeenAt: Type.String(),
});
export type EventDefinition = Static<typeof EventDefinition>;
