import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  label: '“{{node}}”的设置',
  close: '关闭设置',
  name: '画布上的名称',
  about: '节点说明',
  advanced: '高级设置',
  unknown: '此处未安装“{{kind}}”类型，无法显示其设置。原有设置会保留。',
  noParams: '该节点无需设置。',
  ways: {
    title: '去向',
    nowhere: '尚无去向',
    label: '出口“{{port}}”的去向',
  },
  units: { second: '秒', minute: '分钟', hour: '小时', day: '天', week: '周' },
  unit: '单位',
  zone: '时区：{{zone}}',
  attribute: { placeholder: '属性', insert: '插入用户的属性值' },
  valueType: '值类型',
  valueTypes: { string: '文本', number: '数字', boolean: '是/否', list: '列表' },
  yes: '是',
  no: '否',
  list: { add: '添加', remove: '移除第 {{index}} 项', item: '{{label}} {{index}}' },
  variants: {
    add: '添加分组',
    remove: '移除分组“{{name}}”',
    sum: '合计 {{sum}}%',
    even: '平均分配',
    newName: '{{letter}} 组',
  },
  mail: {
    edit: '编辑正文',
    read: '查看正文',
    title: '邮件正文',
    preview: '预览',
    previewOf: '邮件预览',
    desktop: '电脑',
    phone: '手机',
    profile: '预览对象',
    example: '示例用户',
    findProfile: '用户 ID 或邮箱',
    done: '完成',
    subject: '主题：{{subject}}',
  },
};
export default zhCN;
