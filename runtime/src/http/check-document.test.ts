import { describe, expect, it } from 'vitest';
import { checkDepth, checkDocument } from './check-document.ts';

function nest(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

describe('checkDocument', () => {
  it.each([
    ['an operator', { filter: { $gt: '' } }, '"$gt" at /filter starts with "$"'],
    ['a dotted path', { 'a.b': 1 }, '"a.b" at / contains a dot'],
    ['a prototype key', JSON.parse('{"list":[{"__proto__":{}}]}'), '"__proto__" at /list/0 is reserved'],
    ['constructor', { constructor: {} }, 'is reserved'],
    ['a null character', { 'a\u0000': 1 }, 'null character'],
  ])('refuses %s by its place', (_name, document, sentence) => {
    expect(() => checkDocument(document)).toThrow(sentence);
  });

  it('lets keys of any language and values of any text pass', () => {
    expect(() => checkDocument({ 城市: '$gt', 'first name': ['a.b', { 'e-mail': null }] })).not.toThrow();
  });

  it('refuses nesting above forty levels and ends on any depth', () => {
    expect(() => checkDocument(nest(40))).not.toThrow();
    expect(() => checkDocument(nest(42))).toThrow('deeper than 40');
    expect(() => checkDocument(nest(5000))).toThrow('deeper than 40');
    expect(() => checkDepth(nest(40))).not.toThrow();
    expect(() => checkDepth(nest(5000))).toThrow('deeper than 40');
    expect(() => checkDepth({ $gt: 1 })).not.toThrow();
  });
});
