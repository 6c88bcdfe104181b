import type { AttributeRule } from '@sluice/shared/model';
import { describe, expect, it } from 'vitest';
import type { StoredValue } from '../profiles/profile-record.ts';
import { compileRule, problemOfRule } from './compile-rule.ts';

const check = (rule: Omit<AttributeRule, 'onBreach'>, value: StoredValue) => {
  const breach = compileRule({ ...rule, onBreach: 'fix' }, 'Asia/Shanghai')(value);
  return breach && [breach.code, breach.fixed];
};

describe('a rule for values', () => {
  it.each([
    [{ type: 'number' }, 42, undefined],
    [{ type: 'number' }, ' 1,234.5 ', ['type', 1234.5]],
    [{ type: 'number' }, '４２', ['type', 42]],
    [{ type: 'number' }, 'many', ['type', undefined]],
    [{ type: 'boolean' }, '是', ['type', true]],
    [{ type: 'boolean' }, 0, ['type', false]],
    [{ type: 'string' }, 138, ['type', '138']],
    [{ type: 'date' }, '2026/3/1', ['type', new Date('2026-02-28T16:00:00Z')]],
    [{ type: 'date' }, 1_767_225_600, ['type', new Date('2026-01-01T00:00:00Z')]],
    [{ type: 'date' }, 35, ['type', undefined]],
    [{ type: 'list' }, 'a|b', ['type', ['a', 'b']]],
    [{ min: 0, max: 120 }, 120, undefined],
    [{ min: 0, max: 120 }, 200, ['range', 120]],
    [{ type: 'number', min: 0 }, '-3', ['type', 0]],
    [{ max: '2026-01-01' }, new Date('2030-01-01'), ['range', new Date('2026-01-01')]],
    [{ options: ['男', '女'] }, '男', undefined],
    [{ options: ['Gold', 'Silver'] }, ' gold', ['options', 'Gold']],
    [{ options: ['Gold', 'Silver'] }, 'Iron', ['options', undefined]],
    [{ options: ['a', 'b'] }, ['A', 'x'], ['options', ['a']]],
    [{ pattern: '^1\\d{10}$' }, '138 0013-8000', ['pattern', '13800138000']],
    [{ pattern: '^1\\d{10}$' }, '138', ['pattern', undefined]],
    [{ required: true }, '  ', ['required', undefined]],
    [{ type: 'number' }, null, undefined],
  ] as [Omit<AttributeRule, 'onBreach'>, StoredValue, unknown][])(
    '[QUAL-1] %j reads %j as %j',
    (rule, value, expected) => {
      expect(check(rule, value)).toEqual(expected);
    },
  );

  it('is refused when no value could keep it', () => {
    const problem = (rule: Omit<AttributeRule, 'onBreach'>) => problemOfRule({ ...rule, onBreach: 'keep' })?.['en-US'];
    expect(problem({ pattern: '(' })).toContain('RE2');
    expect(problem({ min: 5, max: 1 })).toContain('empty');
    expect(problem({ min: 'soon' })).toContain('neither');
    expect(problem({ min: 1, max: '2026-01-01' })).toContain('different');
    expect(problem({ type: 'string', min: 1 })).toContain('Only numbers');
    expect(problem({ type: 'number', options: ['a'] })).toContain('Only text');
    expect(problem({ type: 'number', min: 0, max: 0, required: true })).toBeUndefined();
  });
});
