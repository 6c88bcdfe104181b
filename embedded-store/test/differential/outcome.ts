import { BSON, type Document, type Long, MongoServerError } from 'mongodb';

const keepTypes = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;

/** Options of a driver call that hands back the bytes of the documents, so that no type and no order is lost. */
export const rawReply = { raw: true } as const;

/** Documents as canonical extended JSON: equal texts mean equal values, types and order of fields. */
export function showDocuments(documents: readonly Document[]): string {
  return documents.map((one) => showBytes(one instanceof Uint8Array ? one : BSON.serialize(one))).join('\n');
}

function showBytes(bytes: Uint8Array): string {
  return BSON.EJSON.stringify(BSON.deserialize(bytes, keepTypes), { relaxed: false });
}

/** What is asked, for the name of a case. */
export function showQuestion(...parts: readonly unknown[]): string {
  return parts.map((part) => BSON.EJSON.stringify(part as object, { relaxed: true })).join(' on ');
}

/** The code of an error of the server; any other failure goes on. */
export async function outcomeOf(act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof MongoServerError) return `error ${String(error.code)}`;
    throw error;
  }
}

/** The outcome of a write command, whose errors of one statement come inside a reply that is well. */
export function writeErrorOf(reply: Document): string | undefined {
  const [error] = (reply['writeErrors'] ?? []) as { code: number | Long }[];
  return error && `error ${String(error.code)}`;
}
