import type { ExposedParam, Measurement } from '@sluice/shared/graph';
import Value from 'typebox/value';
import { defineCommand } from '../command.ts';
import { diffDocuments } from '../diff.ts';
import type { FlowDocument } from '../flow-document.ts';
import { type EntryName, NOTHING_SELECTED } from '../history.ts';

export const renameFlow = defineCommand<{ name: string }>({
  isEdit: true,
  plan: ({ document }, { name }) => {
    if (name === document.name || name.trim() === '') return undefined;
    return {
      edit: {
        diff: [{ of: 'name', before: document.name, after: name.slice(0, 120) }],
        name: { key: 'rename-flow' },
        gesture: 'name',
      },
    };
  },
});

/** Says what counts as success; undefined switches measuring off. */
export const setMeasurement = defineCommand<{ measurement: Measurement | undefined; field: string }>({
  isEdit: true,
  plan: ({ document }, { measurement, field }) => {
    const before = document.measurement;
    if (Value.Equal(before, measurement)) return undefined;
    return {
      edit: {
        diff: [{ of: 'measurement', ...(before && { before }), ...(measurement && { after: measurement }) }],
        name: { key: 'set-measurement' },
        gesture: `measurement/${field}`,
      },
    };
  },
});

/** Says what is asked for when the flow becomes a template; writing into one field is one entry. */
export const setExposed = defineCommand<{ exposed: readonly ExposedParam[]; field: string }>({
  isEdit: true,
  plan: ({ document }, { exposed, field }) => {
    const before = document.exposed;
    const after = exposed.length > 0 ? exposed : undefined;
    if (Value.Equal(before, after)) return undefined;
    return {
      edit: {
        diff: [{ of: 'exposed', ...(before && { before }), ...(after && { after }) }],
        name: { key: 'set-exposed' },
        gesture: `exposed/${field}`,
      },
    };
  },
});

/** Puts another version in the place of all that is there, as one entry that can be undone: nothing is lost by it. */
export const replaceDocument = defineCommand<{ document: FlowDocument; name: EntryName }>({
  isEdit: true,
  plan: (context, { document, name }) => {
    const diff = diffDocuments(context.document, document);
    return diff.length === 0
      ? undefined
      : { edit: { diff, name }, session: { selection: NOTHING_SELECTED, inspected: null } };
  },
});
