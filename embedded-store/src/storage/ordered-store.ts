/** The three key spaces of a store: the catalogue, documents clustered by `_id`, and index entries. */
export type Space = 'meta' | 'documents' | 'entries';

/** A half-open interval of keys, `from` included and `to` excluded, walked upwards unless `reverse`. */
export interface KeyRange {
  from: Uint8Array;
  to: Uint8Array;
  reverse?: boolean;
}

/**
 * Sees one entry of a scan; answering `false` ends it.
 * Both buffers are valid during the call only: the LMDB adapter reuses them, so keep a copy of what is kept.
 */
export type Visit = (key: Buffer, value: Buffer) => boolean;

/**
 * An ordered, transactional key-value store: what the document layer needs of LMDB and nothing more.
 * Reads outside `write` see the last committed state; reads inside see the transaction's own changes.
 */
export interface OrderedStore {
  /** The value as a copy that stays valid, or undefined. */
  get(space: Space, key: Uint8Array): Buffer | undefined;
  has(space: Space, key: Uint8Array): boolean;
  scan(space: Space, range: KeyRange, visit: Visit): void;
  /** Runs `body` as one durable transaction; when it throws, nothing of it remains. Not re-entrant. */
  write<T>(body: () => T): T;
  /** Only inside `write`. */
  put(space: Space, key: Uint8Array, value: Uint8Array): void;
  /** Only inside `write`. */
  remove(space: Space, key: Uint8Array): void;
  /** Writes a consistent snapshot into an empty folder while reads and writes go on. */
  copyTo(folder: string): Promise<void>;
  /** Bytes the store takes up on disk (0 in memory). */
  sizeOnDisk(): number;
  close(): Promise<void>;
}
