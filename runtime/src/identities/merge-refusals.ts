import { AppError, type Words } from '@sluice/shared/errors';

// Why a merge is refused.
export const ITSELF: Words = {
  'en-US': 'A profile cannot be merged into itself.',
  'zh-CN': '不能将用户档案合并到自身。',
};
export const REVERSED: Words = {
  'en-US': 'That profile has been merged into this one.',
  'zh-CN': '目标用户档案此前已合并到当前档案。',
};
export const ELSEWHERE: Words = {
  'en-US': 'It has been merged into another profile already.',
  'zh-CN': '该用户档案已合并到其他档案。',
};
export const AT_ONCE: Words = { 'en-US': 'It is being merged at this moment.', 'zh-CN': '该用户档案正在合并中。' };
export const CIRCLE: Words = {
  'en-US': 'Each of the two would be part of the other.',
  'zh-CN': '两个用户档案会互相包含。',
};
export const BUILT_UPON: Words = {
  'en-US': 'The profile that it went into has been merged since; undo that first.',
  'zh-CN': '合并后的档案又合并到了其他档案，请先撤销那次合并。',
};
export const UNDER_WAY: Words = {
  'en-US': 'It is still under way; try again in a moment.',
  'zh-CN': '合并或撤销尚未完成，请稍后重试。',
};

export function refuse(problem: Words): never {
  throw new AppError('merge-refused', problem['en-US'], { details: { problem } });
}
