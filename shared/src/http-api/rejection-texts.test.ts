import { expect, test } from 'vitest';
import { describeRejection } from './rejection-texts.ts';

const rejection = { line: 3, code: 'value-type', column: 'age', value: 'old', raw: 'u1,old' };

test('a rejection reads with its column and value in both languages', () => {
  expect(describeRejection(rejection, 'en-US')).toBe('“old” in the column age does not have the chosen type');
  expect(describeRejection(rejection, 'zh-CN')).toBe('列 age 的值“old”不符合所选类型');
});

test('a code without a text shows itself', () => {
  expect(describeRejection({ ...rejection, code: 'toString' }, 'en-US')).toBe('toString');
});

test('a long value is quoted by its beginning, and a reason that is one is told whole', () => {
  const value = 'x'.repeat(200);
  const sentence = describeRejection({ ...rejection, value }, 'en-US');
  expect(sentence).toBe(`“${'x'.repeat(40)}…” in the column age does not have the chosen type`);
  expect(describeRejection({ ...rejection, code: 'computed-failed', value }, 'en-US')).toContain(value);
});
