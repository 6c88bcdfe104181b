import { columnKey } from '@sluice/shared/condition';
import type { Attributes } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { AttributeLens } from '../access/read-level.ts';
import type { Related, RelatedSource } from './related.ts';

/** Looked up for somebody who looks at a draft: as the holder of the lens may see it (DS-5). */
export function createRelatedView(deps: { related: RelatedSource; clock: Clock; timeZone: string }) {
  return async (lookups: readonly string[], profileId: string, lens: AttributeLens): Promise<Related | undefined> => {
    if (lookups.length === 0) return undefined;
    const instant = { now: deps.clock.now(), timeZone: deps.timeZone };
    const found = (await deps.related.of(lookups, [profileId], instant)).get(profileId) ?? {};
    return viewRows(found, (attributes) => lens.view(attributes).attributes);
  };
}

/** Every row through a view that knows columns by their keys. */
export function viewRows(related: Related, view: (keyed: Attributes) => Attributes): Related {
  const viewRow = (dataset: string, row: Attributes): Attributes => {
    const keyed = Object.fromEntries(Object.entries(row).map(([name, value]) => [columnKey(dataset, name), value]));
    return Object.fromEntries(
      Object.entries(view(keyed)).map(([key, value]) => [key.slice(dataset.length + 1), value]),
    );
  };
  return Object.fromEntries(
    Object.entries(related).map(([dataset, byName]) => [
      dataset,
      Object.fromEntries(
        Object.entries(byName).map(([name, rows]) => [name, rows.map((row) => viewRow(dataset, row))]),
      ),
    ]),
  );
}
