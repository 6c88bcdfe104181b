import { describe, expect, it } from 'vitest';
import { pickLanguage } from './language.ts';

describe('picking the language', () => {
  it('takes the remembered one before the browser’s', () => {
    expect(pickLanguage('zh-CN', ['en-GB'])).toBe('zh-CN');
  });

  it('follows the first browser language that we speak, whatever its region', () => {
    expect(pickLanguage(null, ['fr-FR', 'zh-TW', 'en-US'])).toBe('zh-CN');
    expect(pickLanguage(null, ['en-GB'])).toBe('en-US');
  });

  it('falls back to English', () => {
    expect(pickLanguage('xx', ['fr-FR'])).toBe('en-US');
  });
});
