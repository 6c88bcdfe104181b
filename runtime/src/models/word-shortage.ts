import type { Unlearnable } from './fit-model.ts';

/** Why nothing can be learned, for people. */
export function wordShortage(reason: Unlearnable): { 'zh-CN': string; 'en-US': string } {
  if (reason.code === 'no-features')
    return {
      'zh-CN': '没有可用的特征：所选属性没有取值、取值都相同，或只是标识。请另选属性。',
      'en-US':
        'No attribute is left to learn from: those chosen have no values, one value only, or merely name the profile. Choose others.',
    };
  const { found, needed } = reason;
  return {
    'too-few-profiles': {
      'zh-CN': `只有 ${found} 个用户档案可供学习，至少需要 ${needed} 个。请导入更多数据，或放宽学习范围。`,
      'en-US': `There are ${found} profiles to learn from; it takes ${needed} at least. Bring in more, or widen whom the model learns from.`,
    },
    'too-few-positives': {
      'zh-CN': `只有 ${found} 个用户档案符合目标，至少需要 ${needed} 个：模型需要两类人才能区分。请放宽目标，或等待更多结果。`,
      'en-US': `The goal holds for ${found} profiles; it takes ${needed} at least, since a model tells two kinds of people apart. Widen the goal, or wait for more results.`,
    },
    'too-few-negatives': {
      'zh-CN': `只有 ${found} 个用户档案不符合目标，至少需要 ${needed} 个：模型需要两类人才能区分。请收窄目标。`,
      'en-US': `The goal holds for all but ${found} profiles; it takes ${needed} others at least, since a model tells two kinds of people apart. Narrow the goal.`,
    },
  }[reason.code];
}
