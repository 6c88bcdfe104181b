import type { Locale } from './locale.ts';

/** Why the engine itself moved or ended a run or a step; reasons of node kinds are the kinds' own. */
export const RUN_REASON_TEXTS: Record<Locale, Readonly<Record<string, string>>> = {
  'en-US': {
    'path-ends': 'The path ends here',
    'profile-gone': 'The profile no longer exists',
    'step-failed': 'Failed: {{message}}',
    'step-skipped': 'Skipped by hand',
    'step-disabled': 'Passed: the node is switched off',
    'step-moved': 'Sent on by version {{version}}, which no longer has this node',
    'strand-joined': 'Joined with another branch',
    'strand-overtaken': 'Another branch came first',
    'goal-reached': 'Reached the goal',
    'version-replaced': 'Ended by version {{version}}',
    'skipped-overdue': 'Its time came while the flow was paused, and was skipped',
    'template-exit': 'Ended by the node',
    'template-failed': 'Its template failed: {{message}}',
    'ended-by-hand': 'Ended by hand after a failure: {{message}}',
  },
  'zh-CN': {
    'path-ends': '路径到此结束',
    'profile-gone': '用户档案已不存在',
    'step-failed': '失败：{{message}}',
    'step-skipped': '已手动跳过',
    'step-disabled': '节点已停用，直接通过',
    'step-moved': '版本 {{version}} 没有该节点，已转到其他节点',
    'strand-joined': '已与其他分支汇合',
    'strand-overtaken': '其他分支先到达',
    'goal-reached': '已达成目标',
    'version-replaced': '因发布版本 {{version}} 而结束',
    'skipped-overdue': '在方案暂停期间到点，已跳过',
    'template-exit': '由节点结束',
    'template-failed': '模板执行失败：{{message}}',
    'ended-by-hand': '失败后手动结束：{{message}}',
  },
};
