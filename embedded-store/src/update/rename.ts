import { encodeName, findElement, type Raw, Type } from '../bson/element.ts';
import { renderField } from '../bson/render.ts';
import { StoreError } from '../bson/store-error.ts';
import { RawDocument } from '../bson/decode.ts';
import { REMOVED, type Slice, UNCHANGED } from './modifier.ts';
import type { Rename } from './parse-update.ts';
import type { PathModifier } from './update-tree.ts';

/** What the renames mean for one document: take the value away here, put it there. */
export function renamePaths(raw: Raw, renames: readonly Rename[]): PathModifier[] {
  return renames.flatMap(({ from, to }) => {
    const value = findValue(raw, from, 'source');
    if (!value) return [];
    findValue(raw, to, 'destination');
    return [
      {
        parts: from,
        modifier: { createsPath: false, apply: (old) => (old.type === Type.missing ? UNCHANGED : REMOVED) },
      },
      { parts: to, modifier: { createsPath: true, apply: () => value } },
    ] satisfies PathModifier[];
  });
}

function findValue(raw: Raw, parts: readonly string[], role: string): Slice | undefined {
  let position = 0;
  for (const [i, part] of parts.entries()) {
    const name = encodeName(part);
    const at = findElement(raw, position, name);
    if (at < 0) return undefined;
    const type = raw[at]!;
    position = at + 1 + name.length;
    if (i === parts.length - 1) return { raw, type, start: position };
    if (type === Type.array) {
      const id = renderField('_id', new RawDocument(raw).get('_id'));
      throw new StoreError(
        2,
        `The ${role} field cannot be an array element, '${parts.join('.')}' in doc with ${id} has an array field called '${part}'`,
      );
    }
    if (type !== Type.object) return undefined;
  }
  return undefined;
}
