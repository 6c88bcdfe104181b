import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  brand: '渠成 Sluice',
  skip: '跳到正文',
  rail: { label: '导航', collapse: '收起导航', expand: '展开导航' },
  groups: { data: '数据', content: '内容', settings: '设置' },
  pages: {
    home: '首页',
    flows: '运营方案',
    templates: '方案模板',
    failures: '失败的运行',
    audiences: '人群',
    models: '模型',
    sql: 'SQL 圈选',
    profiles: '用户',
    imports: '数据导入',
    datasets: '宽表',
    dictionary: '数据字典',
    quality: '数据质量',
    outbox: '发件箱',
    emailProvider: '邮件服务',
    services: '服务',
    nodeTemplates: '节点模板',
    writeKeys: '写入密钥',
    accessTokens: '访问令牌',
    accounts: '账号',
  },
  search: {
    key: 'Ctrl K',
    keyApple: '⌘ K',
    open: '搜索页面、运营方案、人群、用户',
    placeholder: '页面、方案或人群名称、用户 ID 或邮箱',
    results: '搜索结果',
    none: '没有找到“{{text}}”。',
    kinds: { page: '页面', flow: '运营方案', audience: '人群', profile: '用户' },
  },
  language: '语言',
  theme: '外观',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  signOut: '退出登录',
  notFound: {
    title: '页面不存在',
    text: '{{address}} 没有对应的页面，可能是链接已失效，或者地址少了字符。',
    home: '回到首页',
  },
};
export default zhCN;
