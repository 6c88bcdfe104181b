import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const texts: Translated<typeof enUS> = {
  label: '表单视图',
  toolbar: '表单工具',
  trigger: '触发方式',
  parts: {
    frequency: '频次',
    frequencyHint: '何时触发，同一用户多久可以再次进入。',
    audience: '人群',
    audienceHint: '只有符合条件的用户才会进入。',
    strategy: '策略',
    strategyHint: '按步骤执行，可用 A/B 测试对比不同做法。',
    evaluation: '评估',
    evaluationHint: '漏斗和分组对比以此为准。',
  },
  categories: { trigger: '触发', condition: '条件', control: '等待与节奏', action: '动作' },
  begin: { title: '四步填好一个方案', button: '开始填写' },
  step: {
    add: '添加步骤',
    up: '上移“{{step}}”',
    down: '下移“{{step}}”',
    remove: '移除“{{step}}”',
    ends: '{{port}}：到此结束（{{end}}）',
    problems_other: '{{count, number}} 个问题',
  },
  test: {
    add: '对比两种做法（A/B 测试）',
    remove: '取消测试',
    after: '之后，各组继续',
    goesOn: '继续往下。',
  },
  refused: {
    title: '该方案超出表单的表达范围，在此只能查看',
    emptyTitle: '该方案还没有触发方式',
    'no-trigger': '请在画布上添加触发节点，或在较宽的屏幕上用表单开始填写。',
    triggers: '有多个触发节点，“{{node}}”是第二个；表单只能有一个。',
    branches: '在“{{node}}”处有多个分支继续往下；表单只能顺序执行，其中至多一次测试。',
    loop: '流程会回到“{{node}}”；表单不能往回走。',
    'second-test': '“{{node}}”是第二次测试；表单只能有一次。',
    'unknown-kind': '此处未安装“{{node}}”的节点类型。',
    tangled: '“{{node}}”或其之后的路径汇合方式，表单无法表达。',
    open: '打开画布',
    openNode: '在画布上查看“{{node}}”',
    strategyHint: '以大纲显示。',
  },
  views: { label: '视图', canvas: '画布', outline: '大纲', form: '表单' },
};
export default texts;
