import type { ExposedParam, ExposedPlace, Graph } from '@sluice/shared/graph';
import { SHOP } from './shop.ts';

/** What nearly every flow asks for: in whose name its letters are written, and what counts as success. */
export function shopSettings({ nodes, measurement }: Graph): ExposedParam[] {
  const inLetters = (part: string): ExposedPlace[] =>
    nodes.flatMap(({ id, params }) =>
      typeof params['body'] === 'string' && params['body'].includes(part) ? [{ node: id, pointer: '/body', part }] : [],
    );
  const measured = (field: string): ExposedPlace[] => [{ pointer: `/${field}` }];
  const settings: (ExposedParam | undefined)[] = [
    {
      id: 'brand',
      places: inLetters(SHOP.brand),
      label: { 'en-US': 'Name in the letters', 'zh-CN': '邮件中的品牌名' },
    },
    {
      id: 'shop-url',
      places: inLetters(SHOP.url),
      label: { 'en-US': 'Address of your site', 'zh-CN': '网站地址' },
      help: {
        'en-US': 'The buttons of the letters lead there; without a slash at the end.',
        'zh-CN': '邮件中的按钮指向这里，结尾不要带斜杠。',
      },
    },
    measurement?.conversionEvent === undefined
      ? undefined
      : {
          id: 'conversion-event',
          places: measured('conversionEvent'),
          label: { 'en-US': 'Event that counts as success', 'zh-CN': '计为转化的事件' },
        },
    measurement?.currency === undefined
      ? undefined
      : { id: 'currency', places: measured('currency'), label: { 'en-US': 'Currency', 'zh-CN': '币种' } },
    measurement === undefined
      ? undefined
      : {
          id: 'window',
          places: measured('windowMs'),
          label: { 'en-US': 'Count results for', 'zh-CN': '效果统计时长' },
          help: {
            'en-US': 'Measured from the moment somebody enters the flow.',
            'zh-CN': '从用户进入方案起计算。',
          },
        },
  ];
  return settings.filter((setting): setting is ExposedParam => setting !== undefined && setting.places.length > 0);
}
