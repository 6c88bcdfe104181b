import type { ErrorCode } from '../codes.ts';

export const zhCN: Record<ErrorCode, string> = {
  'request-invalid': '请求内容有误。{{problem}} 请修改后重新提交。',
  'body-too-large': '提交的内容超出大小限制。请减少单次提交的数据量，或将文件拆分后再上传。',
  'not-signed-in': '您尚未登录，或登录已过期。请登录后重试。',
  'sign-in-failed': '邮箱或密码不正确。请核对后重试。',
  'sign-in-throttled': '登录失败次数过多。请在 {{seconds}} 秒后重试。',
  'setup-done': '首位管理员已创建。请直接登录，或联系管理员为您开通账号。',
  'setup-token-wrong': '此初始化链接无效。请使用服务器终端中显示的最新链接；重启服务器会生成新的链接。',
  'write-key-invalid':
    '调用未携带有效的写入密钥：可能缺失、有误或已被吊销。请在“设置”中创建写入密钥，并在每次调用时携带。',
  'signature-invalid': '调用的签名缺失、有误或已过期。请核对发送方的密钥、请求头和时钟。',
  'not-allowed': '您的角色无权执行此操作。如有需要，请联系管理员调整角色。',
  'attribute-not-allowed': '你的角色不能使用 {{names}}：数据字典把它标为更高的敏感级别。请去掉它，或联系管理员。',
  'not-found': '内容不存在或已被删除。请返回并刷新列表。',
  'name-taken': '“{{name}}”已被占用。请换一个。',
  'draft-conflict': '其他人刚刚保存了此草稿，您的修改没有覆盖对方的内容。请比较两个版本后决定保留哪一个。',
  'flow-has-problems': '方案存在问题，暂时无法发布。请按问题列表逐项处理后重新发布。',
  'flow-not-live': '方案尚未上线，无法执行此操作。请先发布方案。',
  'rule-invalid': '这条规则无法使用。{{problem}}请修改后再保存。',
  'condition-invalid': '条件无法计算。{{problem}} 请修改标出的部分。',
  'audience-invalid': '人群无法这样保存：{{problem}}请修改后再保存。',
  'audience-state': '人群当前的状态不允许这样做：{{problem}}请刷新页面。',
  'audience-changed': '在此期间有人修改了这个人群，你的修改没有覆盖上去。请刷新后重新修改。',
  'audience-in-use':
    '该人群正被 {{count}} 个运营方案或人群使用，删除后它们将圈选不到任何人。请先在那里移除，或确认删除。',
  'merge-refused': '未执行合并或撤销。{{problem}} 合并记录见用户档案页面。',
  'import-file-unreadable': '无法将文件识别为表格。{{problem}} 请另存为带一行表头的 CSV 或 TSV 文件后重新上传。',
  'import-mapping-invalid': '列映射不可用。{{problem}} 请修改后重试。',
  'import-state': '导入任务的当前状态不允许此操作，它可能已经开始或已经结束。请刷新页面。',
  'liquid-invalid': 'Liquid 模板有误。{{problem}} 请在提示的位置修改。',
  'mjml-invalid': '邮件的 MJML 有误。{{problem}} 请在提示的位置修改。',
  'provider-invalid': '当前设置无法使用该邮件服务商。{{problem}} 请检查主机、端口、加密方式和密码。',
  'secret-unreadable':
    '无法读取已保存的密码或密钥：它由另一个 SECRET_KEY 加密，或已损坏。请重新填写，或用原来的 SECRET_KEY 启动服务器。',
  'service-invalid': '当前设置无法使用该服务。{{problem}} 请修改后重新保存。',
  'link-invalid': '链接不完整或已被改动，无法打开。请使用消息中的原始链接。',
  'rate-limited': '短时间内调用过于频繁。请在 {{seconds}} 秒后重试。',
  'query-too-slow': '查询超过时间上限，已被终止。请缩小范围（例如缩短时间段）后重试。',
  'store-unreachable':
    '数据存储没有响应，未读取也未改动任何数据。请稍后重试；如果问题持续，请检查存储服务是否正常运行。',
  unexpected: '服务器内部出错。请重试；如果问题持续，请将显示的参考编号告知系统管理员。',
};
