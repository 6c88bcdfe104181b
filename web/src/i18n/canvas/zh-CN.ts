import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  label: '运营方案画布',
  help: '方向键沿连线移动，回车打开设置，斜杠添加节点，问号查看全部快捷键。',
  addAfter: '在“{{node}}”的出口“{{port}}”之后添加节点',
  insert: '在“{{from}}”与“{{to}}”之间添加节点',
  problems_other: '{{count, number}} 个问题',
  categories: { trigger: '触发', condition: '条件', control: '流程控制', action: '动作' },
  unknownKind: '未安装：{{kind}}',
  notSet: '尚未设置',
  live: {
    entered: '进入 {{value}}',
    waiting: '等待 {{value}}',
    failed: '失败 {{value}}',
    enteredOf: '进入“{{node}}”的用户：{{value}}',
    waitingOf: '在“{{node}}”等待的用户：{{value}}',
    failedOf: '在“{{node}}”执行失败的用户：{{value}}',
    leftBy: '经“{{port}}”离开“{{node}}”的用户：{{value}}（{{share}}）',
  },
  toolbar: '画布工具',
  zoom: '缩放',
  minimap: '方案缩略图',
  empty: {
    title: '从触发节点开始',
    text: '触发节点决定谁在什么时候进入方案，其余节点都接在它后面。',
    fromTemplate: '从现成方案开始',
  },
  quickAdd: {
    title: '添加节点',
    search: '搜索节点',
    none: '没有名为“{{text}}”的节点。',
  },
  shortcuts: {
    title: '快捷键',
    key: '按键',
    action: '作用',
    mouse: '鼠标操作',
    pan: '移动视图：按住右键或中键拖动空白处，或按住空格拖动',
    box: '框选：在空白处拖动',
    many: '追加选择：按住 Shift 点击',
    wheel: '缩放：按住 Ctrl 滚动滚轮；直接滚动为移动视图',
  },
  outline: {
    label: '方案文字视图',
    title: '方案文字视图',
    hint: '与画布相同的方案，从触发节点开始依次列出。回车打开节点设置，斜杠在其后添加节点。',
    port: '经“{{port}}”：',
    continue: '转到“{{node}}”',
    open: '尚无去向',
    add: '添加节点',
    delete: '删除“{{node}}”',
    empty: '方案为空。',
  },
};
export default zhCN;
