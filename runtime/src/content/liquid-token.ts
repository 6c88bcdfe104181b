/** One `{{ output }}` or `{% tag %}` of a template, with the line it starts on (1-based). */
export interface LiquidToken {
  text: string;
  line: number;
  isTag: boolean;
}

/** A template whose Liquid has been swapped for words that no markup tool touches. */
export interface ProtectedTemplate {
  text: string;
  tokens: readonly LiquidToken[];
  /** The line of the original that a line of `text` came from. */
  originalLine(line: number): number;
  /** Puts the Liquid back into `text` or into anything made from it. */
  restore(text: string): string;
  /** Tokens whose word no longer stands in `text`. */
  lostFrom(text: string): LiquidToken[];
}

const TOKEN = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g;
const WORD_PREFIX = 'LqT';
const WORD = new RegExp(`${WORD_PREFIX}(\\d+)z`, 'g');

/**
 * Hides Liquid from markup tools. MJML parses XML and the minifier parses HTML: `{% if a < b %}` or a quote inside an
 * attribute would be read as markup, moved or dropped.
 */
export function protectLiquid(template: string): ProtectedTemplate {
  const tokens: LiquidToken[] = [];
  const hiddenLines: { atLine: number; count: number }[] = [];
  let line = 1;
  let protectedLine = 1;
  let end = 0;
  // An author may have written a word that looks like ours: the salt keeps them apart.
  const salt = saltFor(template);
  const text = template.replace(TOKEN, (token, offset: number) => {
    const between = countLines(template.slice(end, offset));
    line += between;
    protectedLine += between;
    tokens.push({ text: token, line, isTag: token.startsWith('{%') });
    const count = countLines(token);
    if (count > 0) hiddenLines.push({ atLine: protectedLine, count });
    line += count;
    end = offset + token.length;
    return `${WORD_PREFIX}${salt}${tokens.length - 1}z`;
  });
  const indexOf = (digits: string) => (digits.startsWith(salt) ? Number(digits.slice(salt.length)) : -1);
  return {
    text,
    tokens,
    originalLine: (wanted) =>
      hiddenLines.reduce((sum, { atLine, count }) => (atLine < wanted ? sum + count : sum), wanted),
    restore: (made) => made.replace(WORD, (word, digits: string) => tokens[indexOf(digits)]?.text ?? word),
    lostFrom: (made) => {
      const kept = new Set(Array.from(made.matchAll(WORD), ([, digits = '']) => indexOf(digits)));
      return tokens.filter((_, index) => !kept.has(index));
    },
  };
}

/** Whether a piece of a protected template stands for Liquid. */
export function hasProtectedLiquid(text: string): boolean {
  return text.search(WORD) >= 0;
}

function saltFor(template: string): string {
  let salt = 7;
  while (template.includes(`${WORD_PREFIX}${salt}`)) salt += 1;
  return String(salt);
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
