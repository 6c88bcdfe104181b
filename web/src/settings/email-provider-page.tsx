import { api } from '@sluice/shared/http-api';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { EmailProviderForm } from './email-provider-form.tsx';
import { TestMessage } from './test-message.tsx';

export function EmailProviderPage() {
  const { t } = useTranslation('settings');
  const canChange = useHasRole('administrator');
  const provider = useReply(api.content.getEmailProvider, {});
  return (
    <Page title={t('email.title')} hint={t('email.hint')}>
      {provider.isPending && <Loading />}
      {provider.error && <ErrorPanel error={provider.error} onRetry={() => void provider.refetch()} />}
      {provider.data && (
        <>
          {!canChange && <Alert type="info" showIcon title={t('email.readOnly')} />}
          <EmailProviderForm provider={provider.data} isReadOnly={!canChange} />
          {canChange && <TestMessage />}
        </>
      )}
    </Page>
  );
}
