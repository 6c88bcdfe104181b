import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './load-more.module.css';

interface LoadMoreProps {
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** The next page of a cursor; absent at the end of the list. */
export function LoadMore({ pages }: LoadMoreProps) {
  const { t } = useTranslation('ui');
  if (!pages.hasNextPage) return null;
  return (
    <Button className={styles.more ?? ''} loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {t('loadMore')}
    </Button>
  );
}
