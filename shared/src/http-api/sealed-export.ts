import { type Static, Type } from 'typebox';
import { FieldName } from '../model/attribute.ts';

/** The shortest passphrase that seals a file; one that is drawn at random is longer. */
export const SHORTEST_PASSPHRASE = 12;

/** For whom a file is sealed: for the holders of keys, or for whoever knows a passphrase. */
export const FileSeal = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('recipients'),
      /** Public keys of the age format, such as `age1…`. */
      recipients: Type.Array(Type.String({ minLength: 1, maxLength: 3000 }), { minItems: 1, maxItems: 20 }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('passphrase'),
      passphrase: Type.String({ minLength: SHORTEST_PASSPHRASE, maxLength: 256 }),
    },
    { additionalProperties: false },
  ),
]);
export type FileSeal = Static<typeof FileSeal>;

/** The body of `POST /api/audiences/:audienceId/members.csv.age`. */
export const SealedExport = Type.Object(
  { attributes: Type.Array(FieldName, { maxItems: 500, uniqueItems: true }), seal: FileSeal },
  { additionalProperties: false },
);
export type SealedExport = Static<typeof SealedExport>;
