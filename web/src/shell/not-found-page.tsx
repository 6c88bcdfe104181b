import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';

export function NotFoundPage() {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  return (
    <EmptyState
      isWholePage
      title={t('notFound.title')}
      text={t('notFound.text', { address: pathname })}
      action={<LinkButton to="/">{t('notFound.home')}</LinkButton>}
    />
  );
}
