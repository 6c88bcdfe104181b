import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  roles: { administrator: '管理员', operator: '运营', developer: '研发', tester: '测试', analyst: '分析师' },
  entry: {
    claim: '圈选合适的用户，画出要对他们做的事，看清带来了什么。',
    pick: '接入用户和事件，用条件圈选人群。',
    draw: '画出运营方案：触发、条件、分流、等待、触达。',
    see: '发布上线，直接在画布上看数据。',
  },
  fields: {
    name: '姓名',
    email: '邮箱',
    password: '密码',
    passwordHelp: '至少 10 个字符，一句话往往比一串符号更好记。',
    role: '角色',
  },
  missing: {
    token: '请填写启动 Sluice 的终端里显示的令牌。',
    name: '请填写同事认识的姓名。',
    email: '请填写邮箱。',
    password: '请填写密码。',
  },
  wrong: {
    email: '邮箱格式不对，应包含名称、@ 和域名。',
    password: '密码至少需要 10 个字符。',
  },
  setUp: {
    title: '创建首位管理员',
    hint: '只需创建一次，其他人的账号由管理员添加。',
    token: '一次性令牌',
    tokenHelp: '启动 Sluice 的终端里会显示令牌，以及一个自动填好令牌的链接。',
    submit: '创建管理员',
  },
  signIn: { title: '登录', submit: '登录' },
};
export default zhCN;
