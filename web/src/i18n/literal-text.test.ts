import { describe, expect, it } from 'vitest';
import { findLiteralText } from '../../test/find-literal-text.ts';

const sources: Record<string, string> = import.meta.glob('../**/*.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const components = Object.entries(sources).filter(([path]) => !path.endsWith('.test.tsx'));

describe('words on screen', () => {
  it('come from a catalogue in every component', () => {
    expect(components.length).toBeGreaterThan(30);
    const found = components.flatMap(([path, source]) => findLiteralText(source).map((text) => `${path}: ${text}`));
    expect(found).toEqual([]);
  });

  it('are noticed when they stand in markup', () => {
    expect(findLiteralText('const a = <p>Hello there</p>;')).toEqual(['Hello there']);
    expect(findLiteralText('const a = <p>\n  {name} 已发送\n</p>;')).toEqual(['已发送']);
  });

  it('are noticed when they stand in an attribute that people read or hear', () => {
    expect(findLiteralText('const a = <Input placeholder="Your name" aria-label={`Name of ${x}`} />;')).toEqual([
      'Your name',
      'Name of ',
    ]);
    expect(findLiteralText('const a = <Modal title={isNew ? "New key" : t("old")} />;')).toEqual(['New key']);
  });

  it('may be names, examples and addresses', () => {
    expect(findLiteralText('const a = <input type="email" placeholder="smtp.example.com" className="x" />;')).toEqual(
      [],
    );
    expect(findLiteralText('const a = <A label={t("x")}> · {n} / {m} </A>;')).toEqual([]);
  });
});
