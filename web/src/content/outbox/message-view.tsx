import { api } from '@sluice/shared/http-api';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Loading } from '../../ui/loading.tsx';
import { MessageFrame } from './message-frame.tsx';
import styles from './message-view.module.css';

/** One message as it was written: its heads, and its body as seen or as plain text. */
export function MessageView({ deliveryId }: { deliveryId: string }) {
  const { t } = useTranslation('content');
  const format = useFormat();
  const [shape, setShape] = useState<'html' | 'text'>('html');
  const message = useReply(
    api.content.getOutboxMessage,
    { body: { deliveryId } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  if (message.isPending) return <Loading />;
  if (!message.data) return <ErrorPanel error={message.error} onRetry={() => void message.refetch()} />;
  const { subject, from, to, at, html, text, profileId } = message.data;
  return (
    <article className={styles.message}>
      <header className={styles.header}>
        <h2 className={styles.subject}>{subject || t('outbox.noSubject')}</h2>
        <Segmented
          value={shape}
          onChange={setShape}
          options={[
            { value: 'html', label: t('outbox.html') },
            { value: 'text', label: t('outbox.text') },
          ]}
        />
        <dl className={styles.heads}>
          <dt>{t('outbox.from')}</dt>
          <dd>{from}</dd>
          <dt>{t('outbox.to')}</dt>
          <dd>
            {to} · <Link to={`/data/profiles/${profileId}`}>{t('outbox.profile')}</Link>
          </dd>
          <dt>{t('outbox.at')}</dt>
          <dd>{format.exact(at)}</dd>
        </dl>
      </header>
      {shape === 'html' ? (
        <MessageFrame html={html} title={t('outbox.frame', { subject })} />
      ) : (
        <pre className={styles.text}>{text}</pre>
      )}
    </article>
  );
}
