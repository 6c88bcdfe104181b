import type { ImportPreview } from '@sluice/shared/http-api';
import type { ValueType } from '@sluice/shared/model';
import { describe, expect, it } from 'vitest';
import { suggestMapping } from './mapping-draft.ts';
import { targetOf, timeFormatOf, toTarget } from './target-draft.ts';

function previewOf(...columns: [string, ValueType, string][]): ImportPreview {
  return {
    format: 'text',
    encoding: 'utf-8',
    delimiter: ',',
    hasHeader: true,
    sheet: null,
    sheets: [],
    columns: columns.map(([name, type, sample]) => ({ name, type, samples: [sample] })),
    rows: [],
  };
}

describe('a mapping for events', () => {
  it('finds who, what and when, and leaves the rest as properties', () => {
    const preview = previewOf(
      ['user_id', 'number', '1'],
      ['item_id', 'number', '2268318'],
      ['behavior_type', 'string', 'pv'],
      ['timestamp', 'number', '1511544070'],
    );
    const mapping = toTarget(suggestMapping(preview), 'events', preview);
    expect(mapping).toMatchObject({
      identity: { kind: 'column', column: 'user_id' },
      event: {
        name: { kind: 'column', column: 'behavior_type' },
        at: { column: 'timestamp', format: 'unix-seconds' },
      },
    });
    expect(mapping.columns.filter(({ skip }) => !skip).map(({ column }) => column)).toEqual(['item_id']);
    expect(targetOf(mapping)).toBe('events');
  });

  it('leaves what it cannot find to be said', () => {
    const preview = previewOf(['user', 'string', 'u1'], ['price', 'number', '12']);
    expect(toTarget(suggestMapping(preview), 'events', preview).event).toEqual({
      name: { kind: 'fixed', name: '' },
      at: { column: '', format: 'date' },
    });
  });

  it('finds the time although a clock is wild', () => {
    expect(timeFormatOf({ name: 'at', type: 'number', samples: ['12', '1511544070', '1511544071'] })).toBe(
      'unix-seconds',
    );
  });

  it.each([
    ['1511544070', 'unix-seconds'],
    ['1511544070123', 'unix-milliseconds'],
    ['2017-11-25', 'date'],
    ['20171125', 'date'],
  ])('reads %s as %s', (sample, format) => {
    expect(timeFormatOf({ name: 'at', type: 'number', samples: [sample] })).toBe(format);
  });
});

it('a mapping for members carries nothing but who they are', () => {
  const preview = previewOf(['member id', 'string', 'u1'], ['city', 'string', 'Bern']);
  expect(toTarget(suggestMapping(preview), 'members', preview, 'a1')).toEqual({
    identity: { kind: 'column', column: 'member id' },
    columns: [],
    computed: [],
    members: { audience: 'a1' },
  });
});
