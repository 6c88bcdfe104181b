import { describe, expect, it } from 'vitest';
import { changeOperator } from './comparison-draft.ts';

describe('changing the operator of a comparison', () => {
  it('keeps a value that still fits', () => {
    expect(changeOperator({ operator: 'greaterThan', value: 100 }, 'lessThan')).toEqual({
      operator: 'lessThan',
      value: 100,
    });
    expect(changeOperator({ operator: 'equals', value: 'a' }, 'in')).toEqual({ operator: 'in', value: ['a'] });
    expect(changeOperator({ operator: 'in', value: ['a', 'b'] }, 'equals')).toEqual({ operator: 'equals', value: 'a' });
  });

  it('drops what the new operator does not take', () => {
    expect(changeOperator({ operator: 'equals', value: 'a' }, 'exists')).toEqual({ operator: 'exists' });
    expect(changeOperator({ operator: 'equals', value: 1 }, 'between')).toEqual({ operator: 'between', value: [] });
    expect(changeOperator({ operator: 'exists' }, 'equals')).toEqual({ operator: 'equals' });
  });
});
