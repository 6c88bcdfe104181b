import type { IndexDefinition } from '../catalog/collection.ts';
import type { Interval } from './interval.ts';

/** Sort or key pattern: fields with their directions. */
export type SortFields = readonly (readonly [path: string, direction: 1 | -1])[];

/** A half-open interval of keys of the space that the access reads, in ascending order. */
export interface ByteRange {
  from: Buffer;
  to: Buffer;
}

/** How the documents of a query are found. */
export type Access =
  | { kind: 'nothing' }
  /** Single documents by the key of their `_id`, in the order of the keys. */
  | { kind: 'ids'; ranges: ByteRange[]; reverse: boolean }
  /** Documents in `_id` order, all of them or a stretch. */
  | { kind: 'scan'; ranges: ByteRange[]; reverse: boolean; bounds: Interval[] | undefined }
  | {
      kind: 'index';
      index: IndexDefinition;
      ranges: ByteRange[];
      reverse: boolean;
      /** Per index field, for explain. */
      bounds: Interval[][];
    }
  | { kind: 'union'; parts: Access[] };

/** A chosen way to answer a query. */
export interface Plan {
  access: Access;
  /** Documents come in the order asked for, so no sort in memory is needed. */
  isSorted: boolean;
  /** The ranges hold exactly the matching documents, once each: counting needs no document. */
  isExact: boolean;
}
