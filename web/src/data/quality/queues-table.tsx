import { api, type QueueRow } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { NO_FIGURE } from '../../ui/format/format-number.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { type PlainColumn, PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './queues-table.module.css';
import { useLagWords } from './use-lag-words.ts';

const LOOK_MS = 10_000;

/** How far what follows from the data is behind it. */
export function QueuesTable() {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const lagWords = useLagWords();
  const queues = useReply(api.quality.queues, {}, { refetchInterval: LOOK_MS });
  if (queues.isPending) return null;
  if (queues.error) return <ErrorPanel error={queues.error} onRetry={() => void queues.refetch()} />;
  const columns: PlainColumn<QueueRow>[] = [
    { key: 'name', title: t('quality.queues.name'), render: ({ name }) => t(`quality.queues.names.${name}`) },
    {
      key: 'waiting',
      title: t('quality.queues.waiting'),
      isNumeric: true,
      render: ({ waiting, isMore }) => `${format.count(waiting)}${isMore ? '+' : ''}`,
    },
    {
      key: 'wait',
      title: t('quality.queues.wait'),
      isNumeric: true,
      render: ({ waiting, waitMs }) => (waiting === 0 ? NO_FIGURE : lagWords(waitMs)),
    },
  ];
  const rows = queues.data?.items ?? [];
  return (
    <Section title={t('quality.queues.title')}>
      {rows.every(({ waiting }) => waiting === 0) ? (
        <p className={styles.calm}>{t('quality.queues.calm')}</p>
      ) : (
        <PlainTable label={t('quality.queues.title')} columns={columns} rows={rows} keyOf={({ name }) => name} />
      )}
    </Section>
  );
}
