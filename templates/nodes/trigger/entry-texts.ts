import type { Translated } from '@sluice/shared/model';

const enUS = {
  params: {
    reentryMs: { label: 'Time between two entries' },
    cap: {
      label: 'Limit on entries',
      help: 'Whoever comes when the limit is reached is turned away and counted.',
      options: { none: 'No limit', ever: 'In total', day: 'Per day', hour: 'Per hour' },
    },
    capMax: { label: 'Entries at most' },
  },
  reentry: {
    label: 'Re-entry',
    help: 'Whether somebody who has been in this flow may enter it again.',
  },
  options: {
    once: 'Never, once only',
    period: 'After some time',
    'after-exit': 'Only after leaving the flow',
    unlimited: 'Each time',
  },
  key: 'Once per key',
  problems: {
    'period-missing': 'Enter how much time must lie between two entries.',
    'cap-missing': 'Enter how many may enter at most.',
  },
};

const zhCN: Translated<typeof enUS> = {
  params: {
    reentryMs: { label: '两次进入的间隔' },
    cap: {
      label: '进入人数上限',
      help: '达到上限后到来的用户不会进入，并会计入未进入人数。',
      options: { none: '不限', ever: '总计', day: '每天', hour: '每小时' },
    },
    capMax: { label: '最多进入' },
  },
  reentry: { label: '重复进入', help: '已进入过本方案的用户能否再次进入。' },
  options: {
    once: '不可，仅一次',
    period: '间隔一段时间后',
    'after-exit': '离开方案之后',
    unlimited: '每次都可',
  },
  key: '每个键一次',
  problems: {
    'period-missing': '请填写两次进入之间的最短间隔。',
    'cap-missing': '请填写最多进入的人数。',
  },
};

/** Words of the params that every trigger has. */
function write<Texts extends Translated<typeof enUS>>({ params, reentry, options, key, problems }: Texts) {
  return {
    params: { reentry: { ...reentry, options }, ...params },
    keyed: { reentry: { ...reentry, options: { ...options, key } }, ...params },
    problemsOf: <Kind extends string>(kind: Kind) =>
      ({
        [`${kind}:period-missing`]: problems['period-missing'],
        [`${kind}:cap-missing`]: problems['cap-missing'],
      }) as Record<`${Kind}:${keyof typeof problems & string}`, string>,
  };
}

export const entryEnUS = write(enUS);
export const entryZhCN = write(zhCN);
