import type { Delivery } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { LoadMore } from '../../ui/load-more.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Moment } from '../../ui/moment.tsx';
import styles from './message-list.module.css';

interface MessageListProps {
  pages: {
    items: Delivery[];
    isPending: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  chosen: string | null;
  onChoose: (deliveryId: string) => void;
}

export function MessageList({ pages, chosen, onChoose }: MessageListProps) {
  const { t } = useTranslation('content');
  if (pages.isPending) return <Loading />;
  return (
    <div className={styles.scroll}>
      <ul aria-label={t('outbox.list')}>
        {pages.items.map((message) => (
          <li key={message.id}>
            <button
              type="button"
              className={styles.message}
              aria-current={message.id === chosen}
              onClick={() => onChoose(message.id)}
            >
              <span className={styles.to}>{message.to}</span>
              <span className={styles.at}>
                <Moment at={message.at} />
              </span>
              <span className={styles.subject}>{message.subject || t('outbox.noSubject')}</span>
            </button>
          </li>
        ))}
      </ul>
      <LoadMore pages={pages} />
    </div>
  );
}
