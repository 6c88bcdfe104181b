import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  title: 'SQL 圈选',
  hint: '对用户档案（profiles）、事件（events）、人群归属（memberships）和各宽表执行一条 SELECT，只能读取。',
  editor: '语句',
  run: '运行',
  runKey: 'Ctrl+Enter',
  save: '生成人群',
  saveNeedsPeople: '要生成人群，请选出用户：profiles 的 id 或 user_id，或其他表的 profile_id。',
  problem: '第 {{line}} 行，第 {{column}} 列：{{reason}}',
  sound: '语句可以运行。',
  checking: '检查中',
  running: '运行中',
  first: '尚未运行',
  firstText: '运行语句后，这里会显示前若干行和总行数。',
  rows: '{{count}} 行',
  shown: '显示前 {{shown}} 行',
  uncounted: '行数过多，未能在时限内计数',
  took: '{{duration}}',
  none: '没有数据',
  noneText: '没有符合该语句的数据。',
  schema: '表',
  functions: '函数',
  audiences: '人群',
  insert: '插入 {{name}}',
  types: {
    string: '文本',
    number: '数字',
    boolean: '是/否',
    date: '时间',
    list: '列表',
    any: '任意',
  },
  example: `-- 30 天内至少下单两次的用户
SELECT id, user_id
FROM profiles
WHERE id IN (
  SELECT profile_id FROM events
  WHERE name = 'Order Completed' AND at > now() - interval '30 days'
  GROUP BY profile_id
  HAVING count(*) >= 2
)`,
  audience: {
    title: '将这些用户存为人群',
    text: '保存语句在“{{column}}”列中选出的用户快照。重新提取时会再次运行该语句。',
    name: '名称',
    nameMissing: '请填写人群名称。',
    create: '创建人群',
  },
  null: 'NULL',
};
export default zhCN;
