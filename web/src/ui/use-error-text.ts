import { useTranslation } from 'react-i18next';
import { ApiError } from '../http/api-error.ts';

const CLIENT_CODES = ['server-unreachable', 'reply-unreadable'] as const;

/** What happened, why and what to do, in the language on screen. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('ui');
  return (error) => {
    if (!(error instanceof ApiError)) return t('errors.page');
    const own = CLIENT_CODES.find((code) => code === error.code);
    if (own) return t(`errors.${own}`, { status: error.status });
    return error.message;
  };
}
