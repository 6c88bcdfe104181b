import { parse, type SelectFromStatement, type Statement } from 'pgsql-ast-parser';
import { refuse } from './statement-error.ts';

/** A select, as far as grammar goes. */
export type Select = SelectFromStatement;

/** The grammar is read by a general parser whose time grows faster than the text. */
export const LONGEST_STATEMENT = 4000;
const DEEPEST = 40;

/** Reads one SELECT. Refuses anything else, and what does not parse, at its place. */
export function parseStatement(text: string): Select {
  if (text.length > LONGEST_STATEMENT)
    refuse({
      'en-US': `The statement is longer than ${LONGEST_STATEMENT} characters.`,
      'zh-CN': `语句超过 ${LONGEST_STATEMENT} 个字符。`,
    });
  checkDepth(text);
  const statements = read(text);
  const [first, second] = statements;
  if (!first) return refuse({ 'en-US': 'There is no statement.', 'zh-CN': '没有语句。' });
  if (second)
    refuse(
      { 'en-US': 'Only one statement is run; remove the others.', 'zh-CN': '只能执行一条语句，请删除其余语句。' },
      second,
    );
  return requireSelect(first);
}

export function requireSelect(statement: Statement): Select {
  if (statement.type === 'select') return statement;
  if (statement.type === 'union' || statement.type === 'union all')
    refuse(
      {
        'en-US': 'UNION is not supported; join audiences instead, or use OR.',
        'zh-CN': '不支持 UNION，请改用 OR，或对人群做集合运算。',
      },
      statement,
    );
  if (statement.type === 'with' || statement.type === 'with recursive')
    refuse(
      { 'en-US': 'WITH is not supported; use IN (SELECT …).', 'zh-CN': '不支持 WITH，请使用 IN (SELECT …)。' },
      statement,
    );
  return refuse(
    {
      'en-US': `Only SELECT is allowed: nothing can be written, changed or removed here. This is ${statement.type.toUpperCase()}.`,
      'zh-CN': `只允许 SELECT：这里不能写入、修改或删除任何数据。当前语句为 ${statement.type.toUpperCase()}。`,
    },
    statement,
  );
}

function read(text: string): Statement[] {
  try {
    return parse(text, { locationTracking: true });
  } catch (error) {
    return refuseUnreadable(text, error);
  }
}

function refuseUnreadable(text: string, error: unknown): never {
  const message = error instanceof Error ? error.message : '';
  const [, line, column] = /at line (\d+) col (\d+)/.exec(message) ?? [];
  if (line === undefined || column === undefined)
    return refuse(
      { 'en-US': 'The statement ends too early.', 'zh-CN': '语句不完整。' },
      { _location: { start: text.length, end: text.length } },
    );
  const start = offsetOf(text, Number(line), Number(column));
  const [word = ''] = /^(?:[\p{L}\p{N}_]+|.)?/u.exec(text.slice(start)) ?? [];
  return refuse(
    {
      'en-US': `“${word}” cannot stand here. Names that hold more than Latin letters, digits and _ take double quotes.`,
      'zh-CN': `此处不能出现“${word}”。含有拉丁字母、数字和下划线以外字符的名称需要加双引号。`,
    },
    { _location: { start, end: start + word.length } },
  );
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

/** The parser recurses; what is nested deeper than anybody writes must not get to it. */
function checkDepth(text: string): void {
  let depth = 0;
  for (const match of text.matchAll(/'(?:[^']|'')*'|"[^"]*"|[()]|\b(?:case|not)\b/gi)) {
    const [part] = match;
    if (part === ')') depth -= 1;
    else if (part === '(' || /^(?:case|not)$/i.test(part)) depth += part === '(' ? 1 : 0.2;
    if (depth <= DEEPEST) continue;
    refuse(
      { 'en-US': 'The statement is nested too deeply.', 'zh-CN': '语句嵌套过深。' },
      { _location: { start: match.index, end: match.index + part.length } },
    );
  }
}
