import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  roles: { administrator: '管理员', operator: '运营', developer: '研发', tester: '测试', analyst: '分析师' },
};
export default zhCN;
