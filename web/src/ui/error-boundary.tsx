import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { EmptyState } from './empty-state.tsx';

/** Shown instead of a page that threw while rendering, or whose code could not be fetched (after an upgrade). */
export function RouteFailure() {
  const { t } = useTranslation('ui');
  const error = useRouteError();
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <div role="alert">
      <EmptyState
        title={t('errors.pageTitle')}
        text={t('errors.pageText', { detail })}
        action={<Button onClick={() => window.location.reload()}>{t('reload')}</Button>}
      />
    </div>
  );
}
