import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  title: '首页',
  start: {
    title: '三步跑通第一个运营方案',
    data: '接入用户',
    dataText: '导入文件，或由程序发送用户和事件。',
    dataDone: '已有 {{total}} 个用户。',
    dataDoneUncounted: '已有用户数据。',
    dataAction: '导入文件',
    flow: '画一个方案，或选用现成的',
    flowText: '给谁、什么时候、发什么，怎样算成功。',
    flowDone: '最近的方案是“{{name}}”。',
    flowAction: '选择方案',
    publish: '发布并观察效果',
    publishText: '运行时数据直接显示在画布上。',
    publishAction: '打开“{{name}}”',
    done: '已完成',
  },
  running: '正在运行',
  runningHint: '以下为各方案当前线上版本的数据；方案列表中的进入人数包含所有版本。',
  version: '版本 {{version}}',
  runningNone: '没有运行中的方案',
  runningNoneText: '发布一个运营方案，数据会显示在这里。',
  toFlows: '查看运营方案',
  figures: { live: '运行中的方案', waiting: '等待中', failed: '失败', reached: '触达', converted: '转化' },
  ofTargeted: '占目标 {{targeted}} 人的 {{share}}',
  columns: {
    flow: '运营方案',
    entered: '进入',
    waiting: '等待中',
    failed: '失败',
    reached: '触达',
    clicked: '点击',
    converted: '转化',
    value: '金额',
  },
  opens: {
    failed: '{{name}} 的失败记录',
    flow: '{{name}}',
  },
  more: '共 {{live}} 个运行中的方案，此处显示最近修改的 {{shown}} 个。',
  all: '全部方案',
  approvals_other: '{{count, number}} 个草稿等您审批',
  toApprovals: '去审批',
};
export default zhCN;
