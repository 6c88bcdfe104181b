import type { Locale, Translated } from '../model/locale.ts';

const enUS = {
  'no-trigger': 'The flow has no trigger, so nobody would enter it. Drag one onto the canvas.',
  'too-many-nodes': 'The flow has {{count}} nodes; at most {{limit}} are allowed. Split it into several flows.',
  'duplicate-node-id': 'Two nodes share the id “{{id}}”. Delete one of them and add it again.',
  'duplicate-edge-id': 'Two connections share the id “{{id}}”. Delete one of them and connect again.',
  'duplicate-note-id': 'Two notes share the id “{{id}}”. Delete one of them and write it again.',
  'disabled-trigger': 'A trigger cannot be switched off: flows begin there. Switch it on, or delete it.',
  'disabled-goal':
    'A goal cannot be switched off: people reach it from anywhere in the flow. Switch it on, or delete it.',
  'disabled-split':
    'This node cannot be switched off: it has several ways out, and none is the one by which people would pass. Switch it on, or delete it.',
  'disabled-strands':
    'This node cannot be switched off: parallel branches begin or end here. Switch it on, or delete it.',
  'disabled-end': 'This node cannot be switched off: nothing follows it. Switch it on, or delete it.',
  'unknown-kind': 'This kind of node (“{{kind}}”) is not installed here. Install its template, or delete the node.',
  'kind-deprecated': 'This version of the template is deprecated. {{note}} Upgrade the node when you can.',
  'kind-blocked': 'An administrator has blocked this version of the template. {{note}} Upgrade or replace the node.',
  'port-id-taken': 'Two ways out are called “{{id}}”. Give one of them another name.',
  'unknown-kind-version':
    'This node was made for version {{version}} of its kind, but version {{installed}} is installed. Replace the node.',
  'unreachable-node': 'No trigger leads to this node, so nobody gets here. Connect it, or delete it.',
  'open-port': 'The way out “{{port}}” leads nowhere. Connect it; to end there, use an exit.',
  'port-with-two-edges': 'The way out “{{port}}” has more than one connection. Keep one of them.',
  'edge-from-missing-node': 'This connection begins at a node that no longer exists. Delete the connection.',
  'edge-to-missing-node': 'This connection leads to a node that no longer exists. Delete it, or connect it elsewhere.',
  'edge-from-missing-port':
    'This connection begins at the way out “{{port}}”, which the node no longer has. Delete the connection.',
  'edge-into-trigger': 'A connection leads into a trigger, where flows begin. Connect it to another node.',
  'loop-without-wait':
    'These nodes form a loop in which nobody ever waits, so people would go round for ever: {{nodes}}. Put a delay into the loop, or open it.',
  'join-without-fork':
    'No parallel node leads here, so there is nothing to bring together: people pass straight on. Put a parallel node before it, or delete it.',
  'fork-in-loop':
    'These nodes form a loop that splits people into parallel branches again and again: {{nodes}}. Join the branches before going back, or open the loop.',
  'param-missing': '“{{param}}” is empty. Fill it in.',
  'param-type': '“{{param}}” has the wrong type. Enter it again.',
  'param-too-small': '“{{param}}” must be at least {{limit}}.',
  'param-too-large': '“{{param}}” must be at most {{limit}}.',
  'param-too-few': '“{{param}}” needs at least {{limit}}. Add more.',
  'param-too-many': '“{{param}}” can hold at most {{limit}}. Remove some.',
  'param-too-long': '“{{param}}” can hold at most {{limit}} characters. Shorten it.',
  'param-format': '“{{param}}” is not written in the right way. Check it.',
  'param-choice': '“{{param}}” holds something that is not allowed here. Choose again.',
  'param-condition': 'The condition “{{param}}” is incomplete. Open it and fill in what is missing.',
  'param-unknown': 'The setting “{{param}}” is not known to this kind of node. Remove it.',
  'params-too-deep': 'The settings are nested too deeply. Simplify the condition.',
  'lookup-unknown': 'There is no look-up {{lookup}}. Choose one that a dataset declares.',
  'content-invalid': 'The message cannot be put together: {{reason}} (line {{line}}). Correct it at that place.',
  'code-invalid': 'The code cannot be read: {{reason}}. Correct it at that place.',
  'attribute-not-allowed':
    'Your role may not use {{names}}: the data dictionary marks it as too sensitive. Take it out, or have somebody publish this who may.',
  'attribute-deleted':
    '{{names}} was deleted from the data dictionary and is empty for everyone. Use another attribute, or take it out.',
  'starts-itself-event':
    'This flow records the event “{{event}}” and is started by it, so people may go round in it. After ten rounds they are turned away. Limit how often one person may enter, or record another event.',
  'starts-itself-attribute':
    'This flow changes {{names}}, which the audience “{{audience}}” looks at and by which it is started, so people may go round in it. After ten rounds they are turned away. Limit how often one person may enter.',
  'starts-itself-audience':
    'This flow puts people into the audience “{{audience}}” and takes them out, and is started by that, so people may go round in it. After ten rounds they are turned away. Limit how often one person may enter.',
  'mapping-invalid': 'The mapping expression cannot be read: {{reason}}. Correct it at that place.',
  'service-missing': 'The service that this node asks is not registered any more. Choose another one.',
  'winner-without-conversion':
    'The winner is chosen by conversions, but the flow counts none. Set its conversion event, or compare by clicks.',
  'measurement-value-without-conversion':
    'A value property is set but no conversion event. Choose the event whose value counts, or clear the property.',
  'measurement-currency-missing': 'A value property is set but no currency. Choose the currency of the amounts.',
  'measurement-event-unseen':
    'No event “{{event}}” has arrived so far, so it would be counted as zero. Check the name, or send the events.',
};

const zhCN: Translated<typeof enUS> = {
  'no-trigger': '运营方案没有触发节点，不会有用户进入。请拖入一个触发节点。',
  'too-many-nodes': '运营方案有 {{count}} 个节点，最多允许 {{limit}} 个。请拆分为多个方案。',
  'duplicate-node-id': '有两个节点使用了相同的编号“{{id}}”。请删除其中一个后重新添加。',
  'duplicate-edge-id': '有两条连线使用了相同的编号“{{id}}”。请删除其中一条后重新连接。',
  'duplicate-note-id': '有两个便签使用了相同的编号“{{id}}”。请删除其中一个后重新添加。',
  'disabled-trigger': '触发节点是流程的起点，不能停用。请启用或删除该节点。',
  'disabled-goal': '用户会从流程的任何位置到达目标，目标节点不能停用。请启用或删除该节点。',
  'disabled-split': '该节点有多个出口，无法确定停用后用户从哪里通过，因此不能停用。请启用或删除该节点。',
  'disabled-strands': '并行分支从这里分出或汇合，停用后分支会不完整，因此不能停用。请启用或删除该节点。',
  'disabled-end': '该节点之后没有去向，不能停用。请启用或删除该节点。',
  'unknown-kind': '此处未安装“{{kind}}”类型的节点。请安装对应模板，或删除该节点。',
  'kind-deprecated': '该模板版本已弃用。{{note}}请尽快升级该节点。',
  'kind-blocked': '该模板版本已被管理员停用。{{note}}请升级或替换该节点。',
  'port-id-taken': '有两个出口都叫“{{id}}”，请改为不同的名称。',
  'unknown-kind-version': '该节点对应版本 {{version}}，而已安装的是版本 {{installed}}。请替换该节点。',
  'unreachable-node': '没有触发节点通向这里，用户无法到达。请连接或删除该节点。',
  'open-port': '出口“{{port}}”没有去向。请连接下一个节点；如需结束，请连接“结束”节点。',
  'port-with-two-edges': '出口“{{port}}”有多条连线，请只保留一条。',
  'edge-from-missing-node': '这条连线的起点节点已不存在，请删除该连线。',
  'edge-to-missing-node': '这条连线的终点节点已不存在，请删除或改接到其他节点。',
  'edge-from-missing-port': '这条连线来自出口“{{port}}”，而节点已没有这个出口。请删除该连线。',
  'edge-into-trigger': '有连线指向触发节点，而触发节点是流程的起点。请改接到其他节点。',
  'loop-without-wait': '这些节点构成了没有等待的循环，用户会一直绕圈：{{nodes}}。请在循环中加入等待，或断开循环。',
  'join-without-fork': '没有并行节点通向这里，没有可汇合的分支，用户会直接通过。请在前面添加并行节点，或删除该节点。',
  'fork-in-loop': '这些节点构成的循环会让用户不断分出新的并行分支：{{nodes}}。请在返回之前先汇合，或断开循环。',
  'param-missing': '“{{param}}”尚未填写，请填写。',
  'param-type': '“{{param}}”的类型不正确，请重新填写。',
  'param-too-small': '“{{param}}”不能小于 {{limit}}。',
  'param-too-large': '“{{param}}”不能大于 {{limit}}。',
  'param-too-few': '“{{param}}”至少需要 {{limit}} 项，请补充。',
  'param-too-many': '“{{param}}”最多 {{limit}} 项，请删减。',
  'param-too-long': '“{{param}}”最多 {{limit}} 个字符，请缩短。',
  'param-format': '“{{param}}”的格式不正确，请检查。',
  'param-choice': '“{{param}}”的内容不在允许范围内，请重新选择。',
  'param-condition': '条件“{{param}}”不完整，请打开并补全。',
  'param-unknown': '该类型的节点没有“{{param}}”这个设置，请移除。',
  'params-too-deep': '设置嵌套过深，请简化条件。',
  'lookup-unknown': '没有关联查询 {{lookup}}，请改用宽表中已声明的查询。',
  'content-invalid': '消息内容无法生成：{{reason}}（第 {{line}} 行）。请在该处修改。',
  'code-invalid': '代码无法解析：{{reason}}。请在该处修改。',
  'attribute-not-allowed': '你的角色不能使用 {{names}}：数据字典把它标为更高的敏感级别。请去掉它，或由有权限的人发布。',
  'attribute-deleted': '{{names}} 已从数据字典删除，对所有用户都为空。请改用其他属性，或将它移除。',
  'starts-itself-event':
    '本方案会记录事件“{{event}}”，又由该事件触发，用户可能反复进入。连续十轮后将不再进入。请限制每人的进入次数，或改用其他事件。',
  'starts-itself-attribute':
    '本方案会修改 {{names}}，而触发它的人群“{{audience}}”正以此为条件，用户可能反复进入。连续十轮后将不再进入。请限制每人的进入次数。',
  'starts-itself-audience':
    '本方案会把用户加入又移出人群“{{audience}}”，又由该人群的变化触发，用户可能反复进入。连续十轮后将不再进入。请限制每人的进入次数。',
  'mapping-invalid': '映射表达式无法解析：{{reason}}。请在该处修改。',
  'service-missing': '该节点要查询的服务已不存在，请重新选择。',
  'winner-without-conversion': '优胜组按转化评选，但方案没有设置转化事件。请设置转化事件，或改为按点击比较。',
  'measurement-value-without-conversion': '设置了金额属性，但没有转化事件。请选择要统计金额的事件，或清空金额属性。',
  'measurement-currency-missing': '设置了金额属性，但没有币种。请选择币种。',
  'measurement-event-unseen': '至今没有收到过事件“{{event}}”，统计结果会是零。请检查事件名，或先发送事件。',
};

export type GraphProblemCode = keyof typeof enUS;

/** One sentence per code that `checkGraph` reports itself: what is wrong and what to do. Kinds bring their own. */
export const graphProblemTexts: Readonly<Record<Locale, Readonly<Record<GraphProblemCode, string>>>> = {
  'en-US': enUS,
  'zh-CN': zhCN,
};
