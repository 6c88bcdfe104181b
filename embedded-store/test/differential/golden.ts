import { goldenFilters } from './golden-filters.ts';
import { goldenPipelines } from './golden-pipelines.ts';
import { goldenUpdates } from './golden-updates.ts';
import type { GoldenCase } from './golden-case.ts';

/** All golden cases of the language as questions to a server. */
export const goldenCases: readonly GoldenCase[] = [...goldenFilters, ...goldenUpdates, ...goldenPipelines];
