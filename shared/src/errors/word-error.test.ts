import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from './codes.ts';
import { ERROR_TEXTS, type ErrorLanguage, wordError } from './word-error.ts';

describe('error texts', () => {
  for (const [language, texts] of Object.entries(ERROR_TEXTS)) {
    it(`has a sentence for every code and no other in ${language}`, () => {
      expect(Object.keys(texts).toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
      for (const text of Object.values(texts)) expect(text).toMatch(/[.。]$/u);
    });
  }

  it('uses the same values in both languages', () => {
    const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
    const perCode = (language: ErrorLanguage) =>
      Object.entries(ERROR_TEXTS[language]).map(([code, text]) => [code, placeholders(text)]);
    expect(Object.fromEntries(perCode('zh-CN'))).toEqual(Object.fromEntries(perCode('en-US')));
  });

  it('is written in Chinese where it is Chinese', () => {
    for (const text of Object.values(ERROR_TEXTS['zh-CN'])) expect(text).toMatch(/[\u4e00-\u9fff]{4}/u);
  });
});

describe('wordError', () => {
  it('fills in the details', () => {
    expect(wordError('en-US', 'rate-limited', { seconds: 12 })).toContain('Wait 12 seconds');
    expect(wordError('zh-CN', 'name-taken', { name: '春季' })).toContain('“春季”已被占用');
  });

  it('leaves no gap for a value that is missing', () => {
    expect(wordError('en-US', 'condition-invalid')).toBe('The condition cannot be evaluated. Correct the marked part.');
  });

  it('takes the words of a detail that has them in each language', () => {
    const problem = { 'en-US': 'age is no text', 'zh-CN': 'age 不是文本' };
    expect(wordError('zh-CN', 'condition-invalid', { problem })).toContain('age 不是文本。');
    expect(wordError('en-US', 'condition-invalid', { problem })).toContain('age is no text.');
  });

  it('ends a problem like a sentence', () => {
    expect(wordError('en-US', 'liquid-invalid', { problem: 'tag if not closed' })).toContain('not closed. Correct');
  });

  it('knows nothing about a code of a newer server', () => {
    expect(wordError('en-US', 'brand-new')).toBeUndefined();
    expect(wordError('en-US', 'toString')).toBeUndefined();
  });
});
