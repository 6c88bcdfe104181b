import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '哪封邮件更带货：男装、女装，还是不发',
  description:
    '用 Hillstrom 数据集做的邮件实验。历史消费超过 100 的客户按文件中的分组收到对应邮件，对照组不发，再用漏斗对比访问、下单和消费金额。',
  why: '这是一个结果已知的公开实验，最适合用来核对漏斗数字是否自洽。',
  forWhom: 'Hillstrom 文件中的用户；segment 列说明谁收到了什么。',
  toSet: '导入文件后无需设置。',
  settings: {
    audience: { label: '谁参加测试' },
    wait: { label: '多久后看反应' },
    mens: { label: '男装邮件的主题' },
    womens: { label: '女装邮件的主题' },
  },
  currency: 'USD',
  variants: { mens: '男装邮件', womens: '女装邮件', none: '不发邮件' },
  nodes: { audience: '历史消费超过 100', engaged: '打开或访问过？' },
  exits: { engaged: '有兴趣', quiet: '没有反应', outside: '不参与实验' },
  mens: {
    subject: '男装上新：为这个季节准备的外套',
    preheader: '十二款新品，从城市到山野。',
    letter: {
      brand: '山丘户外',
      heading: '为这个季节而来',
      paragraphs: [
        '男装新品已上架：轻薄外套、保暖内层，还有陪您走远路的靴子。',
        '老客户优先选购。热门尺码通常在第一周售罄。',
      ],
      button: '查看男装新品',
      url: 'https://shop.example.test/men?from=email',
      footer: '您是山丘户外的客户，因此收到这封邮件。',
    },
  },
  womens: {
    subject: '女装上新：秋季系列到店',
    preheader: '柔软针织、利落大衣，还有一只装得下一切的包。',
    letter: {
      brand: '山丘户外',
      heading: '秋季系列到店',
      paragraphs: [
        '柔软的针织、利落的大衣，还有一只装得下一切的包——女装新品刚刚到店。',
        '老客户优先选购。热门尺码通常在第一周售罄。',
      ],
      button: '查看女装新品',
      url: 'https://shop.example.test/women?from=email',
      footer: '您是山丘户外的客户，因此收到这封邮件。',
    },
  },
};
