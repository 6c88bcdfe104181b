import { Tabs } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { AttributesTab } from './attributes-tab.tsx';

// One comes to look up an attribute; what else there is comes with its tab.
const DerivedTab = lazy(async () => ({ default: (await import('../derived/derived-tab.tsx')).DerivedTab }));
const EventsTab = lazy(async () => ({ default: (await import('./events-tab.tsx')).EventsTab }));
const QuarantineTab = lazy(async () => ({ default: (await import('./quarantine-tab.tsx')).QuarantineTab }));
const waited = (tab: ReactNode) => <Suspense fallback={<Loading />}>{tab}</Suspense>;

export function DictionaryPage() {
  const { t } = useTranslation(['data', 'governance']);
  const [search, setSearch] = useSearchParams();
  return (
    <Page title={t('dictionary.title')} hint={t('dictionary.hint')}>
      <Tabs
        activeKey={search.get('tab') ?? 'attributes'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: 'attributes', label: t('dictionary.attributes'), children: <AttributesTab /> },
          { key: 'events', label: t('dictionary.events'), children: waited(<EventsTab />) },
          { key: 'derived', label: t('governance:derived.tab'), children: waited(<DerivedTab />) },
          { key: 'quarantine', label: t('governance:quarantine.tab'), children: waited(<QuarantineTab />) },
        ]}
      />
    </Page>
  );
}
