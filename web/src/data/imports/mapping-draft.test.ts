import type { ImportPreview } from '@sluice/shared/http-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addComputed,
  attributeNameOf,
  findMappingProblems,
  isAttributeName,
  setColumn,
  suggestMapping,
} from './mapping-draft.ts';

function previewOf(...names: string[]): ImportPreview {
  return {
    format: 'text',
    encoding: 'utf-8',
    delimiter: ',',
    hasHeader: true,
    sheet: null,
    sheets: [],
    columns: names.map((name) => ({ name, type: 'string', samples: [] })),
    rows: [],
  };
}

describe('a suggested mapping', () => {
  it.each(['user_id', 'Customer ID', 'id', '用户ID', '会员号'])('takes the user id from the column %j', (name) => {
    const mapping = suggestMapping(previewOf('city', name));
    expect(mapping.identity).toEqual({ kind: 'column', column: name });
    expect(mapping.columns[1]?.skip).toBe(true);
  });

  it('numbers the rows when no column looks like an id', () => {
    const mapping = suggestMapping(previewOf('recency', 'history', 'paid'));
    expect(mapping.identity.kind).toBe('row-number');
    expect(mapping.columns.some((column) => column.skip)).toBe(false);
  });

  it('makes a storable name of any column', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (column) => {
        expect(isAttributeName(attributeNameOf(column))).toBe(true);
      }),
    );
  });

  it('keeps a Chinese column name as it is', () => {
    expect(attributeNameOf('历史消费金额')).toBe('历史消费金额');
    expect(attributeNameOf('$a.b')).toBe('a_b');
  });
});

describe('problems of a mapping', () => {
  it('are none for a suggestion', () => {
    expect(findMappingProblems(suggestMapping(previewOf('a', 'b'))).count).toBe(0);
  });

  it('name two columns that would fill the same attribute', () => {
    const mapping = setColumn(suggestMapping(previewOf('a', 'b')), 1, { attribute: 'a' });
    expect([...findMappingProblems(mapping).columns]).toEqual([
      [0, 'name-twice'],
      [1, 'name-twice'],
    ]);
  });

  it('do not arise from a skipped column', () => {
    const mapping = setColumn(suggestMapping(previewOf('a', 'b')), 1, { attribute: 'a', skip: true });
    expect(findMappingProblems(mapping).count).toBe(0);
  });

  it('name a computed attribute without an expression', () => {
    const mapping = addComputed(suggestMapping(previewOf('a')));
    expect([...findMappingProblems(mapping).computed]).toEqual([[0, 'name-empty']]);
    const named = { ...mapping, computed: [{ attribute: 'email', liquid: ' ', type: 'string' as const }] };
    expect([...findMappingProblems(named).computed]).toEqual([[0, 'liquid-empty']]);
  });
});
