import { MailOutlined } from '@ant-design/icons';
import { api } from '@sluice/shared/http-api';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePages } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { MessageList } from './message-list.tsx';
import { MessageView } from './message-view.tsx';
import styles from './outbox-page.module.css';

const SETTLE_MS = 250;
const POLL_MS = 5000;

/** What the built-in provider kept: the list on the left, the chosen message on the right. Both stand in the address. */
export function OutboxPage() {
  const { t } = useTranslation('content');
  const [address, setAddress] = useSearchParams();
  const [typed, setTyped] = useState(address.get('search') ?? '');
  const search = useDebounced(typed.trim(), SETTLE_MS);
  const flowId = address.get('flow') ?? undefined;
  const chosen = address.get('message');
  useEffect(() => {
    setAddress(
      (current) => {
        if (search) current.set('search', search);
        else current.delete('search');
        return current;
      },
      { replace: true },
    );
  }, [search, setAddress]);
  const messages = usePages(
    api.content.listOutbox,
    { query: { limit: 50, search, ...(flowId ? { flowId } : {}) } },
    { refetchInterval: POLL_MS, keepsPrevious: true },
  );
  const choose = (id: string) =>
    setAddress(
      (current) => {
        current.set('message', id);
        return current;
      },
      { replace: true },
    );
  const isEmpty = messages.isSuccess && messages.items.length === 0;
  if (isEmpty && !search) {
    return (
      <Page title={t('outbox.title')} hint={t('outbox.hint')}>
        <EmptyState
          icon={<MailOutlined aria-hidden />}
          title={t('outbox.empty')}
          text={t('outbox.emptyText')}
          action={<LinkButton to="/flows">{t('outbox.toFlows')}</LinkButton>}
        />
      </Page>
    );
  }
  return (
    <Page title={t('outbox.title')} hint={t('outbox.hint')} isFilled>
      {messages.error && <ErrorPanel error={messages.error} onRetry={() => void messages.refetch()} />}
      <div className={styles.split}>
        <div className={styles.list}>
          <SearchField label={t('outbox.search')} value={typed} onChange={setTyped} />
          {isEmpty ? (
            <EmptyState title={t('outbox.nothing', { search })} />
          ) : (
            <MessageList pages={messages} chosen={chosen} onChoose={choose} />
          )}
        </div>
        <div className={styles.message}>
          {chosen ? <MessageView key={chosen} deliveryId={chosen} /> : <EmptyState title={t('outbox.pick')} />}
        </div>
      </div>
    </Page>
  );
}
