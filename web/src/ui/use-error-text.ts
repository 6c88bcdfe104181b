import { wordError } from '@sluice/shared/errors';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../http/api-error.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';

const CLIENT_CODES = ['server-unreachable', 'reply-unreadable'] as const;

/** What happened, why and what to do, in the language on screen; the server's own words for a code newer than this page. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('ui');
  const language = useLanguage();
  return (error) => {
    if (!(error instanceof ApiError)) return t('errors.page');
    const own = CLIENT_CODES.find((code) => code === error.code);
    if (own) return t(`errors.${own}`, { status: error.status });
    return wordError(language, error.code, error.details) ?? error.message;
  };
}
