import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../ui/page.tsx';
import { DerivedTab } from '../derived/derived-tab.tsx';
import { AttributesTab } from './attributes-tab.tsx';
import { EventsTab } from './events-tab.tsx';
import { QuarantineTab } from './quarantine-tab.tsx';

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
          { key: 'events', label: t('dictionary.events'), children: <EventsTab /> },
          { key: 'derived', label: t('governance:derived.tab'), children: <DerivedTab /> },
          { key: 'quarantine', label: t('governance:quarantine.tab'), children: <QuarantineTab /> },
        ]}
      />
    </Page>
  );
}
