import { StoreError } from '../bson/index.ts';

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */
export const opcode = { reply: 1, query: 2004, compressed: 2012, message: 2013 } as const;

const flagChecksum = 1;
const flagMoreToCome = 2;
const knownRequiredFlags = flagChecksum | flagMoreToCome;

/** A command as it came over the wire: one body document and any number of document sequences. */
export interface WireRequest {
  requestId: number;
  isLegacyQuery: boolean;
  /** The database of a legacy query's `db.$cmd`; OP_MSG carries `$db` in the body. */
  legacyDatabase?: string;
  /** The client does not wait for an answer and must not get one. */
  isUnanswered: boolean;
  body: Buffer;
  sequences: Map<string, Buffer[]>;
}

/** Reads a complete wire message; throws a StoreError with the request's fate when it cannot be served. */
export function parseMessage(message: Buffer): WireRequest {
  const requestId = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code === opcode.message) return parseOpMsg(message, requestId);
  if (code === opcode.query) return parseOpQuery(message, requestId);
  if (code === opcode.compressed) {
    throw new StoreError(
      2,
      'The embedded store offers no compression in its hello, so it refuses OP_COMPRESSED: connect without compressors.',
    );
  }
  throw new StoreError(352, `Unsupported wire opcode ${code}: use OP_MSG.`);
}

function parseOpMsg(message: Buffer, requestId: number): WireRequest {
  const flags = message.readUInt32LE(16);
  if ((flags & 0xffff & ~knownRequiredFlags) !== 0) {
    throw new StoreError(17, `OP_MSG carries unknown required flags: ${flags}`);
  }
  const end = message.length - (flags & flagChecksum ? 4 : 0);
  const sequences = new Map<string, Buffer[]>();
  let body: Buffer | undefined;
  let at = 20;
  while (at < end) {
    const kind = message[at++];
    const size = message.readInt32LE(at);
    if (size < 5 || at + size > end) throw malformed('a section runs past the end of its message');
    if (kind === 0) {
      if (body) throw malformed('there are two body sections');
      body = message.subarray(at, at + size);
    } else if (kind === 1) readSequence(message.subarray(at + 4, at + size), sequences);
    else throw malformed(`section kind ${kind} is unknown`);
    at += size;
  }
  if (!body) throw malformed('there is no body section');
  return { requestId, isLegacyQuery: false, isUnanswered: (flags & flagMoreToCome) !== 0, body, sequences };
}

function readSequence(section: Buffer, sequences: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0);
  if (nameEnd < 0) throw malformed('a document sequence has no name');
  const name = section.toString('utf8', 0, nameEnd);
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const size = section.length - at >= 4 ? section.readInt32LE(at) : 0;
    if (size < 5 || at + size > section.length) throw malformed(`the document sequence '${name}' is cut off`);
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  if (sequences.has(name)) throw malformed(`the document sequence '${name}' comes twice`);
  sequences.set(name, documents);
}

function parseOpQuery(message: Buffer, requestId: number): WireRequest {
  const nameEnd = message.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 13 > message.length) throw malformed('OP_QUERY is cut off');
  const namespace = message.toString('utf8', 20, nameEnd);
  const at = nameEnd + 9;
  const size = message.readInt32LE(at);
  if (size < 5 || at + size > message.length) throw malformed('OP_QUERY holds no whole document');
  return {
    requestId,
    isLegacyQuery: true,
    legacyDatabase: namespace.replace(/\.\$cmd$/, ''),
    isUnanswered: false,
    body: message.subarray(at, at + size),
    sequences: new Map(),
  };
}

function malformed(why: string): StoreError {
  return new StoreError(17, `The wire message is malformed: ${why}.`);
}
