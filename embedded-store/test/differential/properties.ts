import { aggregateEqualsMingo } from './mingo-pipelines.ts';
import { findEqualsMingo } from './mingo-filters.ts';
import { updateEqualsMingo } from './mingo-updates.ts';
import { findEqualsNaiveMatcher } from './naive-property.ts';
import { hintedIndexAnswersWhatItHolds, indexSortEqualsMemorySort, planEqualsScan } from './plan-properties.ts';
import type { Property } from './property.ts';

/** All laws that random documents and questions are held against. */
export const properties: readonly Property[] = [
  planEqualsScan,
  indexSortEqualsMemorySort,
  hintedIndexAnswersWhatItHolds,
  findEqualsNaiveMatcher,
  findEqualsMingo,
  updateEqualsMingo,
  aggregateEqualsMingo,
];
