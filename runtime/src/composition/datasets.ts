import type { AudienceIndex } from '../audiences/audience-index.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import type { DatasetIndex } from '../datasets/dataset-index.ts';
import { createDatasets } from '../datasets/datasets.ts';
import { type JoinDeps, joinRows } from '../datasets/join-rows.ts';
import { createRowMarks } from '../datasets/mark-rows.ts';
import { createRelatedSource } from '../datasets/related.ts';
import { createRowKeeper } from '../datasets/settle-rows.ts';
import { createRowWriter } from '../datasets/write-rows.ts';
import type { ProfileWatch } from '../profiles/profile-watch.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Core } from './core.ts';

/** What keeps rows in step with profiles, and audiences with rows. `wake` has the marked rows looked at. */
export function composeRows(
  core: Core,
  parts: { datasetIndex: DatasetIndex; index: AudienceIndex; wake(): void },
): { joining: JoinDeps; keeper: ReturnType<typeof createRowKeeper> } {
  const { index, wake } = parts;
  const marks = createRowMarks({ ...core, followed: async () => (await index.current()).byDataset, wake });
  const joining = { ...core, index: parts.datasetIndex, marks };
  return { joining, keeper: createRowKeeper(joining) };
}

/** Wide tables and who writes them. */
export function composeDatasets(
  core: Core,
  joining: JoinDeps,
  parts: { scheduler: Scheduler; dictionary: Dictionary; watch: ProfileWatch },
) {
  return {
    datasets: createDatasets({ ...core, ...parts, ...joining }),
    related: createRelatedSource(joining),
    rowWriter: createRowWriter({ ...core, ...parts, ...joining }),
    /** Brings joined columns of these profiles' rows up to date. */
    join: (profileIds: readonly string[]) => joinRows(joining, profileIds),
  };
}
