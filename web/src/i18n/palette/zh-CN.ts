import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  label: '节点',
  search: '搜索节点',
  none: '没有名为“{{text}}”的节点。',
  add: '添加“{{title}}”',
  favourites: '收藏',
  recent: '最近使用',
  favour: '收藏“{{title}}”',
  unfavour: '取消收藏“{{title}}”',
  collapse: '收起节点面板',
  expand: '展开节点面板',
};
export default zhCN;
