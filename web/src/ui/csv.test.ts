import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

describe('CSV files', () => {
  it('quote what holds a comma, a quote or a line break', () => {
    expect(csvOf([['a,b', 'say "hi"', 'two\nlines', 7, null]])).toBe('\uFEFF"a,b","say ""hi""","two\nlines",7,\r\n');
  });

  it('never start a text cell with what a spreadsheet runs as a formula', () => {
    expect(csvOf([['=1+1', '@x', -5]])).toBe("\uFEFF'=1+1,'@x,-5\r\n");
  });
});
