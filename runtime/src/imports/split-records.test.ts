import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRecordSplitter, type SourceRecord } from './split-records.ts';

function split(chunks: readonly string[], delimiter = ',', newline: '\n' | '\r' = '\n'): SourceRecord[] {
  const splitter = createRecordSplitter({ delimiter, newline });
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
}

test('lines are counted over line breaks within quotation marks', () => {
  expect(split(['a,b\r\n"x\r\ny",1\r\n\r\nlast,2'])).toEqual([
    { line: 1, text: 'a,b' },
    { line: 2, text: '"x\r\ny",1' },
    { line: 5, text: 'last,2' },
  ]);
});

test('a quotation mark inside a cell opens nothing', () => {
  expect(split(['37"N,b\nc,d"\n']).map(({ text }) => text)).toEqual(['37"N,b', 'c,d"']);
});

test('an unclosed quotation mark costs its own line and no other', () => {
  const lines = Array.from({ length: 2000 }, (_, index) => `u${index},1`);
  lines[3] = 'u3,"broken';
  const records = split([`${lines.join('\n')}\n`]);
  expect(records).toHaveLength(2000);
  expect(records[3]).toEqual({ line: 4, text: 'u3,"broken', problem: 'unclosed-quote' });
  expect(records.filter(({ problem }) => problem)).toHaveLength(1);
});

test('an unclosed quotation mark near the end is found at the end', () => {
  expect(split(['a,b\n"x,1\ny,2\n'])).toEqual([
    { line: 1, text: 'a,b' },
    { line: 2, text: '"x,1', problem: 'unclosed-quote' },
    { line: 3, text: 'y,2' },
  ]);
});

test('an unclosed quotation mark does not swallow the rows up to the next quoted cell', () => {
  const records = split(['"u7,never closed\nu8,1\nu9,"two\nlines"\nu10,"x"\n']);
  expect(records).toEqual([
    { line: 1, text: '"u7,never closed', problem: 'unclosed-quote' },
    { line: 2, text: 'u8,1' },
    { line: 3, text: 'u9,"two\nlines"' },
    { line: 5, text: 'u10,"x"' },
  ]);
});

test('a line without an end is cut off, and the next line is read', () => {
  const records = split([...Array.from({ length: 5 }, () => 'x'.repeat(400_000)), '\nfine,1\n']);
  expect(records.map(({ line, problem }) => [line, problem])).toEqual([
    [1, 'line-too-long'],
    [2, undefined],
  ]);
  expect(records[0]?.text.length).toBeLessThan(2000);
});

test('lines of nothing but delimiters are blank', () => {
  expect(split(['a;b\n;\n ; \nc;d'], ';').map(({ line }) => line)).toEqual([1, 4]);
});

test('carriage returns alone separate rows where a file has nothing else', () => {
  expect(split(['a,b\rc,d\r'], ',', '\r').map(({ text }) => text)).toEqual(['a,b', 'c,d']);
});

test('where a file is cut into chunks makes no difference', () => {
  const piece = fc.constantFrom('a', ',', '"', '""', '\n', '\r\n', 'bc', ',"', '",', '"x\ny"');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat(60), { maxLength: 6 }), (pieces, cuts) => {
      const text = pieces.join('');
      const places = [...new Set([0, ...cuts.map((at) => at % (text.length + 1)), text.length])].sort((a, b) => a - b);
      const chunks = places.slice(1).map((end, index) => text.slice(places[index], end));
      expect(split(chunks)).toEqual(split([text]));
    }),
    { numRuns: 1000 },
  );
});
