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
