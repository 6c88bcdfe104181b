import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../http/api-error.ts';
import { useErrorText } from './use-error-text.ts';

/** A failure in its place on the page, with a way to try again. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('ui');
  const textOf = useErrorText();
  const reference = error instanceof ApiError ? error.reference : undefined;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={textOf(error)}
      description={reference && t('errors.reference', { reference })}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    />
  );
}
