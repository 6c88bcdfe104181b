import { describe, expect, it } from 'vitest';
import { isEmailAddress } from './email-address.ts';

describe('isEmailAddress', () => {
  it.each(['a@b.cd', 'user+tag@sub.example.test', "o'neil@example.test", '李雷@例子.测试', 'user-1@example.test'])(
    'takes %s',
    (address) => {
      expect(isEmailAddress(address)).toBe(true);
    },
  );

  it.each([
    '',
    'a',
    'a@b',
    '@example.test',
    'a@@example.test',
    'a b@example.test',
    'a@example..test',
    '.a@example.test',
    'a.@example.test',
    'a..b@example.test',
    'a@-example.test',
    'A <a@example.test>',
    'a@example.test,b@example.test',
    'a@example.test\r\nBcc: b@example.test',
    `${'a'.repeat(65)}@example.test`,
    `a@${'b'.repeat(64)}.test`,
    `a@${'bbbbbbbbb.'.repeat(26)}test`,
  ])('refuses %j', (address) => {
    expect(isEmailAddress(address)).toBe(false);
  });
});
