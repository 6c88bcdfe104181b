import { decodeArray, decodeDocument, decodeUtf8, decodeValue } from '../bson/decode.ts';
import { cstringEnd, valueEnd } from '../bson/element.ts';
import { assertValidBson } from '../bson/validate.ts';
import { RawDocument, StoreError, Type } from '../bson/index.ts';

/** Parts of a command that arrive as bare documents, in the body as an array or beside it as a sequence. */
const rawLists = new Set(['documents', 'updates', 'deletes']);
/** Session and cluster gossip means nothing to a standalone; not decoding it saves a tenth of a small command. */
const skipped = new Set(['lsid', '$clusterTime']);

/** A command's top-level fields in their order, with BSON types kept; the write lists stay bytes. */
export interface CommandBody {
  name: string;
  fields: Record<string, unknown>;
}

/** Decodes the top level of a command; throws InvalidBSON (22) on bytes that are no document. */
export function decodeCommandBody(body: Buffer, sequences: Map<string, Buffer[]>): CommandBody {
  assertValidBson(body);
  const fields: Record<string, unknown> = Object.create(null);
  let name = '';
  const last = body.length - 1;
  for (let at = 4; at < last; ) {
    const type = body[at] as number;
    const start = cstringEnd(body, at + 1);
    const end = valueEnd(body, type, start);
    const key = decodeUtf8(body, at + 1, start - 1);
    if (name === '') name = key;
    if (!skipped.has(key)) fields[key] = decodeField(body, type, start, rawLists.has(key));
    at = end;
  }
  for (const [key, documents] of sequences) fields[key] = documents;
  return { name, fields };
}

function decodeField(body: Buffer, type: number, start: number, isRawList: boolean): unknown {
  if (type === Type.object) return decodeDocument(body, start);
  if (type !== Type.array) return decodeValue(body, type, start);
  const elements = decodeArray(body, start);
  return isRawList ? elements.map(asBytes) : elements.map(asTree);
}

function asBytes(element: unknown): Uint8Array {
  if (element instanceof RawDocument) return element.bytes();
  throw new StoreError(14, 'Each element of this list must be a document.');
}

function asTree(element: unknown): unknown {
  if (Array.isArray(element)) return element.map(asTree);
  return element instanceof RawDocument ? decodeDocument(element.raw, element.start) : element;
}
