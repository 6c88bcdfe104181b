import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protectLiquid } from './liquid-token.ts';

const piece = fc.oneof(
  fc.constantFrom('{{ a }}', '{% if a < b %}', '{{ "x\n>" }}', '\n', '<b>', 'LqT70z', 'LqT', '{', '}}'),
  fc.string(),
);

describe('protectLiquid', () => {
  it('gives any template back unchanged', () => {
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const template = pieces.join('');
        const hidden = protectLiquid(template);
        expect(hidden.restore(hidden.text)).toBe(template);
      }),
    );
  });

  it('leaves no Liquid in the text', () => {
    const { text } = protectLiquid('<a href="{{ x | append: ">" }}">{% if a < b %}c{% endif %}</a>');
    expect(text).not.toMatch(/[{}%]/);
    expect(text.match(/<[^>]*>/g)).toHaveLength(2);
  });

  it('knows the line of the original behind a token of several lines', () => {
    const hidden = protectLiquid('a\n{{ x\n\n | upcase }}\nb');
    expect(hidden.text.split('\n')).toHaveLength(3);
    expect(hidden.originalLine(3)).toBe(5);
    expect(hidden.originalLine(1)).toBe(1);
  });

  it('names the tokens that a tool has dropped, with their lines', () => {
    const hidden = protectLiquid('{{ a }}\n{% if b %}');
    const [kept = ''] = hidden.text.split('\n');
    expect(hidden.lostFrom(kept)).toEqual([{ text: '{% if b %}', line: 2, isTag: true }]);
  });
});
