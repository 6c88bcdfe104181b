import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './language.ts';
import { loadLocale, loadPageTexts } from './locales/load-locale.ts';

/** All texts of a language by their full key; plural forms share the key without their ending. */
async function readTexts(language: (typeof LANGUAGES)[number]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const walk = (prefix: string, entries: object) => {
    for (const [key, value] of Object.entries(entries)) {
      const place = `${prefix}.${key.replace(/_(one|other)$/, '')}`;
      if (typeof value === 'string') found.set(place, value);
      else walk(place, value as object);
    }
  };
  walk('', { ...(await loadLocale(language)).texts, ...(await loadPageTexts(language)) });
  return found;
}

const placesOf = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe('the catalogues', () => {
  it('hold the same keys with the same places in both languages', async () => {
    const [chinese, english] = await Promise.all([readTexts('zh-CN'), readTexts('en-US')]);
    const shapeOf = (texts: Map<string, string>) =>
      [...texts].map(([key, text]) => `${key} ${placesOf(text).join(' ')}`).toSorted();
    expect(shapeOf(chinese)).toEqual(shapeOf(english));
  });

  it.each(LANGUAGES)('leave no text empty, shout or report success for its own sake in %s', async (language) => {
    const texts = [...(await readTexts(language))];
    const isPoor = (text: string) => text.trim() === '' || /[!！]|successfully|成功地/i.test(text);
    expect(texts.filter(([, text]) => isPoor(text))).toEqual([]);
  });

  it('are written in Chinese where they are Chinese', async () => {
    const [chinese, english] = await Promise.all([readTexts('zh-CN'), readTexts('en-US')]);
    // Names and symbols may be the same in both; a whole English phrase may not.
    const untranslated = [...chinese].filter(
      ([key, text]) => text === english.get(key) && /[a-z]{2,} [a-z]{2,}/i.test(text),
    );
    expect(untranslated).toEqual([]);
  });
});
