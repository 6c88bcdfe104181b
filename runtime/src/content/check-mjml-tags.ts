import { AppError } from '@sluice/shared/errors';

const COMMENT = /<!--[\s\S]*?-->/g;
const MJML_TAG = /<(\/?)(mj(?:ml|-[a-z-]+))\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/g;

/**
 * Throws `mjml-invalid` when MJML elements are not properly nested, with the line. The MJML parser closes what is left
 * open by itself and says nothing: a forgotten `</mj-section>` would go out as a broken layout.
 */
export function checkMjmlTags(mjml: string, originalLine: (line: number) => number): void {
  const source = mjml.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ' '));
  const lineAt = (offset: number) => originalLine(source.slice(0, offset).split('\n').length);
  const open: { name: string; offset: number }[] = [];
  for (const match of source.matchAll(MJML_TAG)) {
    const [, slash, name = '', rest = ''] = match;
    if (name === 'mj-include')
      throw mjmlInvalid(lineAt(match.index), 'mj-include is not allowed: an e-mail is complete in itself');
    if (slash) {
      const last = open.pop();
      if (!last) throw mjmlInvalid(lineAt(match.index), `</${name}> closes nothing`);
      if (last.name !== name)
        throw mjmlInvalid(lineAt(match.index), `</${name}> closes <${last.name}> of line ${lineAt(last.offset)}`);
    } else if (!rest.endsWith('/')) open.push({ name, offset: match.index });
  }
  const last = open.pop();
  if (last) throw mjmlInvalid(lineAt(last.offset), `<${last.name}> is never closed`);
}

export function mjmlInvalid(line: number, reason: string, cause?: unknown): AppError {
  return new AppError('mjml-invalid', `MJML, line ${line}: ${reason}`, { cause, details: { line, reason } });
}
