import type { Document } from 'bson';
import { showValue } from '../index/duplicate-key.ts';
import type { Interval } from './interval.ts';
import type { Access } from './plan.ts';

/** An access as MongoDB's explain words it. */
export function describeAccess(access: Access, filter: Document): Document {
  switch (access.kind) {
    case 'nothing':
      return { stage: 'EOF' };
    case 'ids':
      return {
        stage: access.ranges.length === 1 ? 'IDHACK' : 'FETCH',
        ...(access.ranges.length > 1 && { filter }),
        indexName: '_id_',
      };
    case 'scan':
      return describeScan(access, filter);
    case 'union':
      return {
        stage: 'SUBPLAN',
        inputStage: { stage: 'OR', inputStages: access.parts.map((part) => describeAccess(part, filter)) },
      };
    case 'index': {
      const { index, bounds } = access;
      return {
        stage: 'FETCH',
        filter,
        inputStage: {
          stage: 'IXSCAN',
          keyPattern: new Map(index.fields),
          indexName: index.name,
          isMultiKey: index.isMultikey,
          isUnique: index.isUnique,
          isSparse: index.isSparse,
          isPartial: index.partialFilter !== undefined,
          direction: directionOf(access),
          indexBounds: new Map(index.fields.map(([path], i) => [path, (bounds[i] ?? []).map(showInterval)])),
        },
      };
    }
  }
}

function describeScan(access: Extract<Access, { kind: 'scan' }>, filter: Document): Document {
  if (!access.bounds) return { stage: 'COLLSCAN', filter, direction: directionOf(access) };
  return {
    stage: 'CLUSTERED_IXSCAN',
    filter,
    keyPattern: { _id: 1 },
    indexName: '_id_',
    direction: directionOf(access),
    indexBounds: { _id: access.bounds.map(showInterval) },
  };
}

function directionOf({ reverse }: { reverse: boolean }): 'forward' | 'backward' {
  return reverse ? 'backward' : 'forward';
}

function showInterval({ low, high, isPoint }: Interval): string {
  if (isPoint) return `[${showValue(low.value)}, ${showValue(low.value)}]`;
  return `${low.isAfter ? '(' : '['}${showValue(low.value)}, ${showValue(high.value)}${high.isAfter ? ']' : ')'}`;
}
