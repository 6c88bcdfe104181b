import type { ValueType } from '@sluice/shared/model';
import { describe, expect, test } from 'vitest';
import { convertCell } from './convert-cell.ts';
import { inferColumnType } from './infer-column-type.ts';

const SHANGHAI = 'Asia/Shanghai';

describe('a cell becomes a value of its type', () => {
  test.each<[string, ValueType, unknown]>([
    ['142.44', 'number', 142.44],
    [' -3e2 ', 'number', -300],
    ['1,234,567.5', 'number', 1_234_567.5],
    ['.5', 'number', 0.5],
    ['YES', 'boolean', true],
    ['0', 'boolean', false],
    ['否', 'boolean', false],
    ['2016-01-26', 'date', new Date('2016-01-25T16:00:00Z')],
    ['2016/1/26 08:30', 'date', new Date('2016-01-26T00:30:00Z')],
    ['2016-01-26T08:30:15.5Z', 'date', new Date('2016-01-26T08:30:15.500Z')],
    ['2016-01-26 08:30+02:00', 'date', new Date('2016-01-26T06:30:00Z')],
    ['2016年1月26日', 'date', new Date('2016-01-25T16:00:00Z')],
    ['vip | new|', 'list', ['vip', 'new']],
    ['["a", 1, true]', 'list', ['a', 1, true]],
    ['08123', 'string', '08123'],
    ['2016-01-26T08:30:15.500Z', 'string', new Date('2016-01-26T08:30:15.500Z')],
  ])('%s as %s', (cell, type, value) => {
    expect(convertCell(cell, type, SHANGHAI)).toEqual(value);
  });

  test.each<[string, ValueType]>([
    ['12,34', 'number'],
    ['1e999', 'number'],
    ['0x10', 'number'],
    ['12 %', 'number'],
    ['maybe', 'boolean'],
    ['2016-02-30', 'date'],
    ['01/02/2016', 'date'],
    ['2016-01-26T25:00', 'date'],
    ['[1, [2]]', 'list'],
    ['[1', 'list'],
  ])('%s is no %s', (cell, type) => {
    expect(convertCell(cell, type, SHANGHAI)).toBeUndefined();
  });
});

describe('a column has the type that all its cells have', () => {
  test.each<[string[], ValueType]>([
    [['1', '2.5', ''], 'number'],
    [['0', '1'], 'number'],
    [['true', 'False'], 'boolean'],
    [['是', '否'], 'boolean'],
    [['08123', '10115'], 'string'],
    [['+8613800138000'], 'string'],
    [['6222021234567890123'], 'string'],
    [['2016-01-26', '2016/1/27'], 'date'],
    [['["a"]', '["b","c"]'], 'list'],
    [['1', 'two'], 'string'],
    [['', ' '], 'string'],
  ])('%j is %s', (cells, type) => {
    expect(inferColumnType(cells)).toBe(type);
  });
});
