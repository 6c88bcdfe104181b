import { fillText, type Locale } from '../model/locale.ts';

const TEXTS: Readonly<Record<Locale, { at: string; cut: string }>> = {
  'en-US': {
    at: 'It is no JSON from line {{line}}, column {{column}} on. Look for a comma, bracket or quote that is missing there, or one too many.',
    cut: 'It is no JSON, or only the beginning of one.',
  },
  'zh-CN': {
    at: '从第 {{line}} 行第 {{column}} 列起不是有效的 JSON。请检查附近是否缺少或多出逗号、括号或引号。',
    cut: '内容不是 JSON，或不完整。',
  },
};

/** What a JSON text says, or why it says nothing, as a sentence in a language. */
export function readJson(text: string): { content: unknown } | { fault: (locale: Locale) => string } {
  try {
    // An editor may have put the mark of its encoding first.
    return { content: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    // Engines word it differently, and in English only; most of them name the place.
    const [, line, column] = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    return {
      fault: (locale) =>
        line === undefined || column === undefined ? TEXTS[locale].cut : fillText(TEXTS[locale].at, { line, column }),
    };
  }
}
