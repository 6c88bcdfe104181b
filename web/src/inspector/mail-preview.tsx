import { api } from '@sluice/shared/http-api';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import styles from './mail-preview.module.css';

const QUIET_MS = 400;

interface MailPreviewProps {
  subject: string;
  mjml: string;
  profileId?: string | undefined;
  isSmall?: boolean;
  isPhone?: boolean;
}

/** The e-mail as it would be sent, rendered by the server; the last good picture stays while a new one is made. */
export function MailPreview({ subject, mjml, profileId, isSmall = false, isPhone = false }: MailPreviewProps) {
  const { t } = useTranslation('inspector');
  const body = useDebounced({ subject, mjml, profileId }, QUIET_MS);
  const preview = useReply(
    api.content.previewEmail,
    {
      body: {
        subject: body.subject,
        mjml: body.mjml,
        ...(body.profileId !== undefined && { profileId: body.profileId }),
      },
    },
    { enabled: body.mjml.trim() !== '', staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData },
  );
  return (
    <div className={styles.preview} data-small={isSmall} data-phone={isPhone} aria-busy={preview.isFetching}>
      {preview.error && <ErrorPanel error={preview.error} />}
      {preview.isPending && body.mjml.trim() !== '' && !preview.error && <Loading />}
      {preview.data && (
        <>
          {!isSmall && <p className={styles.subject}>{t('mail.subject', { subject: preview.data.subject })}</p>}
          {/* Sandboxed without any permission: what an operator pastes runs no script and follows no link here. */}
          <iframe
            className={styles.frame}
            title={t('mail.previewOf')}
            sandbox=""
            srcDoc={preview.data.html}
            tabIndex={isSmall ? -1 : 0}
          />
        </>
      )}
    </div>
  );
}
