import { AppError, type Words } from '@sluice/shared/errors';
import type { DatasetDeclaration } from '@sluice/shared/model';
import { checkCondition, describeConditionProblem } from '@sluice/shared/condition';
import { OWN_TABLES } from '../sql/tables.ts';
import type { DatasetRecord } from './dataset-record.ts';

/** Throws `dataset-invalid` with what is wrong with a declaration, also beside what was declared before (DS-6). */
export function checkDeclaration(
  name: string,
  declaration: DatasetDeclaration,
  before: DatasetRecord | undefined,
  attributes: ReadonlyMap<string, string>,
): void {
  const { columns, userColumn, keyColumns } = declaration;
  const names = columns.map((column) => column.name);
  const own = new Map(columns.filter(({ joined }) => joined === undefined).map((column) => [column.name, column]));
  if (OWN_TABLES.includes(name))
    refuse({ 'en-US': `Statements know ${name} as another table.`, 'zh-CN': `${name} 是 SQL 圈选中已有的表名。` });
  const twice = names.find((each, index) => names.indexOf(each) !== index);
  if (twice !== undefined) refuse({ 'en-US': `Two columns are called ${twice}.`, 'zh-CN': `有两列都叫 ${twice}。` });
  for (const key of [userColumn, ...keyColumns])
    if (!own.has(key))
      refuse({
        'en-US': `${key} is to tell whose row it is, or which one, but is no column of the rows themselves.`,
        'zh-CN': `${key} 用来识别用户或记录，但它不是宽表自身的列。`,
      });
  const type = own.get(userColumn)?.type;
  if (type !== 'string' && type !== 'number')
    refuse({ 'en-US': `The user column must hold text or a number.`, 'zh-CN': '用户列必须是文本或数值。' });
  if (keyColumns.some((key) => own.get(key)?.type === 'list'))
    refuse({ 'en-US': 'A list cannot be part of the key.', 'zh-CN': '列表不能作为主键的一部分。' });
  for (const { name: column, joined, type: said } of columns) {
    const known = joined === undefined ? undefined : attributes.get(joined);
    if (joined !== undefined && known !== said)
      refuse({
        'en-US':
          known === undefined
            ? `There is no attribute ${joined}.`
            : `${column} holds the attribute ${joined}, which is of another type.`,
        'zh-CN': known === undefined ? `没有属性 ${joined}。` : `${column} 取自属性 ${joined}，类型不一致。`,
      });
  }
  checkLookups(name, declaration);
  if (before) checkChange(declaration, before);
}

function checkLookups(dataset: string, { columns, lookups }: DatasetDeclaration): void {
  const types = new Map(columns.map((column) => [column.name, column.type]));
  const names = lookups.map(({ name }) => name);
  const twice = names.find((each, index) => names.indexOf(each) !== index);
  if (twice !== undefined)
    refuse({ 'en-US': `Two look-ups are called ${twice}.`, 'zh-CN': `有两个查询都叫 ${twice}。` });
  for (const { where, sortBy, name, columns: handed } of lookups) {
    const unknown = handed.find((column) => !types.has(column));
    if (unknown !== undefined)
      refuse({
        'en-US': `The look-up ${name} hands out ${unknown}, which is no column.`,
        'zh-CN': `查询 ${name} 要给出 ${unknown}，但没有这一列。`,
      });
    if (sortBy !== undefined && !types.has(sortBy))
      refuse({
        'en-US': `The look-up ${name} sorts by ${sortBy}, which is no column.`,
        'zh-CN': `查询 ${name} 按 ${sortBy} 排序，但没有这一列。`,
      });
    const is = { operator: 'atLeast' as const, value: 1 };
    const leaf = { op: 'dataset' as const, dataset, where, measure: { kind: 'count' as const }, is };
    const facts = { attributes: new Map(), events: new Set<string>(), datasets: new Map([[dataset, types]]) };
    const [problem] = checkCondition(leaf, facts).filter(({ severity }) => severity === 'error');
    if (problem)
      refuse({
        'en-US': describeConditionProblem(problem, 'en-US') ?? problem.code,
        'zh-CN': describeConditionProblem(problem, 'zh-CN') ?? problem.code,
      });
  }
}

/** Rows that are there were read by what was said before. */
function checkChange(declaration: DatasetDeclaration, before: DatasetRecord): void {
  const isSameKey = JSON.stringify(declaration.keyColumns) === JSON.stringify(before.keyColumns);
  if (!isSameKey || declaration.userColumn !== before.userColumn)
    refuse({
      'en-US': 'The user column and the key cannot be changed. Declare another dataset.',
      'zh-CN': '用户列和主键不能修改，请另建宽表。',
    });
  const known = new Map(before.columns.map((column) => [column.name, column]));
  for (const { name, type, joined } of declaration.columns) {
    const old = known.get(name);
    if (old && (old.type !== type || (old.joined === undefined) !== (joined === undefined)))
      refuse({
        'en-US': `${name} was declared with another type or source. Give the new column another name.`,
        'zh-CN': `${name} 已声明为其他类型或来源，请给新列换一个名称。`,
      });
  }
}

function refuse(problem: Words): never {
  throw new AppError('dataset-invalid', problem['en-US'], { details: { problem } });
}
