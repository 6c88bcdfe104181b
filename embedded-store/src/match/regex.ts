import { StoreError } from '../bson/store-error.ts';

/*
 * MongoDB's regular expressions are PCRE's. Where JavaScript reads the same text differently the pattern is
 * rewritten, and what has no JavaScript form is refused instead of meaning something else:
 * $ also matches before a final newline, . stops at \n alone, \s and the multi-line anchors know ASCII alone,
 * flag x, \A \z \Z \h \Q..\E, POSIX classes and leading inline flags exist, an escaped letter without meaning
 * is an error.
 */
const MEANINGFUL_ESCAPES = /[dDwWbBnrtfv0-9]/;
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;
const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\t\\n\\v\\f\\r ',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
  word: 'A-Za-z0-9_',
};

function invalid(pattern: string, reason: string): StoreError {
  return new StoreError(51091, `Regular expression is invalid: ${reason} (in /${pattern}/)`);
}

const compiled = new Map<string, RegExp>();

/** A PCRE pattern with MongoDB's options (i, m, s, x, u) as a JavaScript expression without state. */
export function compileRegex(pattern: string, flags: string): RegExp {
  const id = `${flags}/${pattern}`;
  let regex = compiled.get(id);
  if (regex === undefined) {
    regex = translate(pattern, flags);
    if (compiled.size > 500) compiled.clear();
    compiled.set(id, regex);
  }
  return regex;
}

function translate(pattern: string, flags: string): RegExp {
  for (const flag of flags) {
    if (!'imsxu'.includes(flag)) throw new StoreError(51108, ` invalid flag in regex options: ${flag}`);
  }
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  const all = flags + (inline?.[1] ?? '');
  const source = new PatternReader(body, all).translate();
  try {
    return new RegExp(source, all.includes('i') ? 'ui' : 'u');
  } catch (error) {
    throw invalid(pattern, (error as Error).message);
  }
}

class PatternReader {
  readonly #pattern: string;
  readonly #isMultiline: boolean;
  readonly #isDotAll: boolean;
  readonly #isExtended: boolean;
  #at = 0;

  constructor(pattern: string, flags: string) {
    this.#pattern = pattern;
    this.#isMultiline = flags.includes('m');
    this.#isDotAll = flags.includes('s');
    this.#isExtended = flags.includes('x');
  }

  translate(): string {
    let result = '';
    while (this.#at < this.#pattern.length) result += this.#next();
    return result;
  }

  #next(): string {
    const char = this.#pattern[this.#at++]!;
    switch (char) {
      case '\\':
        return this.#escape(false);
      case '[':
        return this.#characterClass();
      case '.':
        return this.#isDotAll ? '[^]' : '[^\\n]';
      case '^':
        return this.#isMultiline ? '(?:^|(?<=\\n)(?!$))' : '^';
      case '$':
        return this.#isMultiline ? '(?=\\n|$)' : '(?=\\n?$)';
      case '{':
        return /^\{\d+(,\d*)?\}/.test(this.#pattern.slice(this.#at - 1)) ? this.#quantifier() : '\\{';
      case '}':
      case ']':
        return `\\${char}`;
      case '(':
        return this.#group();
      case '*':
      case '+':
      case '?':
        if (this.#pattern[this.#at] === '+') throw invalid(this.#pattern, 'possessive quantifiers are not supported');
        return char;
      default:
        return this.#isExtended ? this.#skipLayout(char) : char;
    }
  }

  #skipLayout(char: string): string {
    if (/\s/.test(char)) return '';
    if (char !== '#') return char;
    const end = this.#pattern.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#pattern.length : end + 1;
    return '';
  }

  #quantifier(): string {
    const end = this.#pattern.indexOf('}', this.#at);
    const text = this.#pattern.slice(this.#at - 1, end + 1);
    this.#at = end + 1;
    if (this.#pattern[this.#at] === '+') throw invalid(this.#pattern, 'possessive quantifiers are not supported');
    return text;
  }

  #group(): string {
    const rest = this.#pattern.slice(this.#at);
    if (rest.startsWith('?P<')) {
      this.#at += 2;
      return '(?';
    }
    if (/^(\?>|\?\||\?\(|\?R|\?&|\?\d|\?#|\*)/.test(rest) || /^\?[a-z-]*[mxsJU][a-z-]*[):]/.test(rest)) {
      throw invalid(this.#pattern, `the group (${rest.slice(0, 3)} is not supported`);
    }
    if (/^\?[imsx-]+\)/.test(rest)) throw invalid(this.#pattern, 'inline flags are supported at the start only');
    return '(';
  }

  #escape(isInClass: boolean): string {
    const char = this.#pattern[this.#at++];
    if (char === undefined) throw invalid(this.#pattern, '\\ at end of pattern');
    switch (char) {
      case 's':
        return isInClass ? '\\t\\n\\v\\f\\r ' : '[\\t\\n\\v\\f\\r ]';
      case 'S':
        if (isInClass) throw invalid(this.#pattern, '\\S within a class is not supported');
        return '[^\\t\\n\\v\\f\\r ]';
      case 'h':
        return isInClass ? '\\t ' : '[\\t ]';
      case 'A':
        return '^';
      case 'z':
        return '$';
      case 'Z':
        return '(?=\\n?$)';
      case 'Q':
        return this.#literal();
      case 'E':
        return '';
      case 'e':
        return '\\x1b';
      case 'a':
        return '\\x07';
      case 'x':
        return this.#hexadecimal();
      case 'p':
      case 'P':
      case 'k':
        return `\\${char}`;
      case '-':
        return isInClass ? '\\-' : '-';
      default:
        if (MEANINGFUL_ESCAPES.test(char) || SYNTAX.test(char)) return `\\${char}`;
        if (/[A-Za-z]/.test(char)) throw invalid(this.#pattern, `the escape \\${char} is not supported`);
        return char;
    }
  }

  #literal(): string {
    const end = this.#pattern.indexOf('\\E', this.#at);
    const text = this.#pattern.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#pattern.length : end + 2;
    return [...text].map((char) => (SYNTAX.test(char) ? `\\${char}` : char)).join('');
  }

  #hexadecimal(): string {
    const match = /^(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{0,2}))/.exec(this.#pattern.slice(this.#at));
    this.#at += match?.[0].length ?? 0;
    return `\\u{${match?.[1] ?? (match?.[2] || '0')}}`;
  }

  #characterClass(): string {
    let result = '[';
    if (this.#pattern[this.#at] === '^') {
      result += '^';
      this.#at++;
    }
    // Beside a set such as \\w a hyphen is a plain hyphen to PCRE and an error to JavaScript.
    let wasSet = false;
    for (let isFirst = true; ; isFirst = false) {
      const char = this.#pattern[this.#at++];
      if (char === undefined) throw invalid(this.#pattern, 'missing terminating ] for character class');
      if (char === ']' && !isFirst) return `${result}]`;
      const isSet = char === '\\' && /[dDwWsh]/.test(this.#pattern[this.#at] ?? '');
      if (char === '\\') result += this.#escape(true);
      else if (char === '[') result += this.#posixClass();
      else if (char === '-' && (wasSet || /^\\[dDwWsh]/.test(this.#pattern.slice(this.#at)))) result += '\\-';
      else result += char === ']' ? '\\]' : char;
      wasSet = isSet;
    }
  }

  #posixClass(): string {
    const match = /^:(\^?)([a-z]+):\]/.exec(this.#pattern.slice(this.#at));
    if (!match) return '\\[';
    const set = match[1] === '' ? POSIX[match[2]!] : undefined;
    if (set === undefined) throw invalid(this.#pattern, `the class [${match[0]} is not supported`);
    this.#at += match[0].length;
    return set;
  }
}

/** The text that every match of an anchored, case-sensitive pattern begins with; undefined if there is none. */
export function literalPrefix(pattern: string, flags: string): string | undefined {
  if (/[imx]/.test(flags) || !pattern.startsWith('^') || pattern.includes('|')) return undefined;
  let prefix = '';
  for (let i = 1; i < pattern.length; i++) {
    let char = pattern[i]!;
    if (char === '\\') {
      char = pattern[++i] ?? '';
      if (char === '' || /[A-Za-z0-9]/.test(char)) break;
    } else if (SYNTAX.test(char) && char !== '/') {
      // A quantifier that allows none takes back the character before it.
      if (/[*?{]/.test(char)) prefix = [...prefix].slice(0, -1).join('');
      break;
    }
    prefix += char;
  }
  return prefix === '' ? undefined : prefix;
}
