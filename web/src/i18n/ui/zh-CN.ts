import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  loading: '加载中',
  retry: '重试',
  reload: '重新加载',
  cancel: '取消',
  close: '关闭',
  copy: '复制',
  copied: '已复制',
  unsaved: {
    title: '不保存就离开？',
    text: '本页的修改将会丢失。',
    leave: '不保存，离开',
    stay: '留在本页',
  },
  loadMore: '加载更多',
  justNow: '刚刚',
  dock: { beside: '将面板放到侧边', below: '将面板放到下方' },
  errors: {
    page: '页面出错了。请重新加载；如果仍然出错，请把刚才的操作告诉管理员。',
    pageTitle: '页面出错了',
    pageText: '可能是系统刚升级过，也可能是程序缺陷。请重新加载，已保存的内容不受影响。详情：{{detail}}',
    reference: '日志编号：{{reference}}',
    'server-unreachable': '服务器没有响应。请确认服务正在运行、网络连接正常，然后重试。',
    'reply-unreadable': '收到的不是服务器的应答（状态码 {{status}}）。请重试；如果一直如此，请检查服务器前面的代理。',
  },
};
export default zhCN;
