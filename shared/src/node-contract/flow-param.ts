import { Type } from 'typebox';

/** Another flow, with the name it had when it was chosen: a card says a name, and no store is asked for it. */
export const FlowParam = Type.Object(
  { id: Type.String({ maxLength: 64 }), name: Type.String({ maxLength: 120 }) },
  { additionalProperties: false, means: 'flow' },
);
