import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  label: '节点',
  search: '搜索节点',
  none: '没有名为“{{text}}”的节点。',
  add: '添加“{{title}}”',
  collapse: '收起节点面板',
  expand: '展开节点面板',
};
export default zhCN;
