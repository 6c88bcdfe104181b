import { api } from '@sluice/shared/http-api';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAccountRules } from '../access/account-rules.ts';
import { useWorkspaceState } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Section } from '../ui/section.tsx';
import styles from './test-message.module.css';

/** Sends a message through the stored provider and shows what the server said, word for word. */
export function TestMessage() {
  const { t } = useTranslation('settings');
  const rules = useAccountRules();
  const email = useWorkspaceState().data?.account?.email ?? '';
  const test = useChange(api.content.testEmailProvider);
  return (
    <Section title={t('email.test')} hint={t('email.testHint')}>
      <Form<{ to: string }>
        layout="vertical"
        className={styles.form ?? ''}
        requiredMark={false}
        validateTrigger="onBlur"
        initialValues={{ to: email }}
        onFinish={(body) => test.mutate({ body })}
      >
        <Form.Item name="to" label={t('email.testTo')} rules={[rules.required('email'), rules.email]}>
          <Input type="email" maxLength={254} />
        </Form.Item>
        <Button htmlType="submit" className={styles.send ?? ''} loading={test.isPending}>
          {t('email.testSend')}
        </Button>
      </Form>
      {test.error && <ErrorPanel error={test.error} />}
      {test.data && (
        <Alert
          showIcon
          type={test.data.isSent ? 'success' : 'error'}
          title={t(test.data.isSent ? 'email.testSent' : 'email.testRefused', { detail: test.data.detail })}
        />
      )}
    </Section>
  );
}
