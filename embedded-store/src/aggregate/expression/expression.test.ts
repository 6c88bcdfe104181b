import { EJSON, serialize } from 'bson';
import { describe, expect, it } from 'vitest';
import { decodeDocument, encodeDocument, StoreError } from '../../bson/index.ts';
import { outcomeOf } from '../../bson/golden-outcome.ts';
import { compileExpression } from './compile.ts';
import { badDates, dateCases, dateDocument } from './date.cases.ts';
import { expressionCases, MISSING } from './expression.cases.ts';

const now = new Date('2026-03-01T12:00:00Z');
const show = (value: unknown): string => EJSON.stringify(value as object, { relaxed: false });
const evaluate = (expression: unknown, document: object): unknown =>
  compileExpression(expression, { now })(serialize(document));
// Through bytes, so that every form of a value and its BSON type are compared alike.
const comparable = (result: unknown): string =>
  result === MISSING || result === undefined ? 'missing' : show(decodeDocument(encodeDocument({ result })));

describe('compileExpression', () => {
  for (const [section, cases] of expressionCases) {
    for (const [i, { expression, document, result, code }] of cases.entries()) {
      it(`${section}, case ${i + 1}: ${show({ expression, document })}`, () => {
        const expected = code === undefined ? comparable(result) : `error ${code}`;
        expect(outcomeOf(() => comparable(evaluate(expression, document)))).toBe(expected);
      });
    }
  }

  for (const [i, [expression, result]] of dateCases.entries()) {
    it(`dates, case ${i + 1}: ${show(expression)}`, () => {
      expect(comparable(evaluate(expression, dateDocument))).toBe(comparable(result));
    });
  }

  for (const [expression, code] of badDates) {
    it(`refuses ${show(expression)} with ${code}`, () => {
      expect(outcomeOf(() => comparable(evaluate(expression, dateDocument)))).toBe(`error ${code}`);
    });
  }

  it('names the real server as the way out for an expression that it does not have', () => {
    const act = () => compileExpression({ $function: { body: 'x', args: [], lang: 'js' } });
    expect(act).toThrow(StoreError);
    expect(act).toThrow(/MONGODB_URL/);
  });
});
