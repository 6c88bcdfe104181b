import { describe, expect, it } from 'vitest';
import { maskValue } from './mask-value.ts';

describe('a masked value', () => {
  it('[GOV-1] keeps the shape of a phone number, an e-mail address, an identity number and a name', () => {
    expect(maskValue('13800138000')).toBe('138****8000');
    expect(maskValue(13_800_138_000)).toBe('138****8000');
    expect(maskValue('ada@example.test')).toBe('a***@example.test');
    expect(maskValue('11010519491231002X')).toBe('11************2X');
    expect(maskValue('欧阳娜娜')).toBe('欧**');
  });

  it('[GOV-1] shows nothing of what any part would give away', () => {
    for (const value of [35, true, 'Graz', '1985-03-01T00:00:00.000Z', ['a', 'b']])
      expect(maskValue(value)).toBe('***');
  });

  it('[GOV-1] follows the kind that was declared, and leaves nothing as nothing', () => {
    expect(maskValue('Ada Lovelace', 'name')).toBe('A**');
    expect(maskValue('12345', 'phone')).toBe('***45');
    expect(maskValue('no address', 'email')).toBe('***');
    expect(maskValue(null)).toBe(null);
    expect(maskValue('')).toBe('');
  });
});
