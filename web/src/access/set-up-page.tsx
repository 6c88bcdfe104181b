import { api, type BodyIn } from '@sluice/shared/http-api';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useAccountRules } from './account-rules.ts';
import { EntryFrame } from './entry-frame.tsx';
import { useWorkspaceState } from './session.ts';

type SetUp = BodyIn<typeof api.access.setup>;

/** Creates the first administrator. The token comes from the link in the terminal (`?token=`) or is typed in. */
export function SetUpPage() {
  const { t } = useTranslation('access');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const rules = useAccountRules();
  const state = useWorkspaceState();
  const setUp = useChange(api.access.setup, [api.access.state]);
  const linkToken = search.get('token') ?? '';
  if (state.data && !state.data.needsSetup && !setUp.isPending) return <Navigate to="/" replace />;
  return (
    <EntryFrame title={t('setUp.title')} hint={t('setUp.hint')}>
      <Form<SetUp>
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        initialValues={{ token: linkToken }}
        onFinish={(body) => setUp.mutateThen({ body }, () => void navigate('/', { replace: true }))}
      >
        <Form.Item name="token" label={t('setUp.token')} extra={t('setUp.tokenHelp')} rules={[rules.required('token')]}>
          <Input autoComplete="off" spellCheck={false} autoFocus={!linkToken} />
        </Form.Item>
        <Form.Item name="name" label={t('fields.name')} rules={[rules.required('name')]}>
          <Input autoComplete="name" maxLength={120} autoFocus={Boolean(linkToken)} />
        </Form.Item>
        <Form.Item name="email" label={t('fields.email')} rules={[rules.required('email'), rules.email]}>
          <Input type="email" autoComplete="username" maxLength={254} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('fields.password')}
          extra={t('fields.passwordHelp')}
          rules={[rules.required('password'), rules.passwordLength]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        {setUp.error && (
          <Form.Item>
            <ErrorPanel error={setUp.error} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={setUp.isPending}>
          {t('setUp.submit')}
        </Button>
      </Form>
    </EntryFrame>
  );
}
