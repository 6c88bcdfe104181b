import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../ui/page.tsx';
import { AttributesTab } from './attributes-tab.tsx';
import { EventsTab } from './events-tab.tsx';

export function DictionaryPage() {
  const { t } = useTranslation('data');
  const [search, setSearch] = useSearchParams();
  return (
    <Page title={t('dictionary.title')} hint={t('dictionary.hint')}>
      <Tabs
        activeKey={search.get('tab') ?? 'attributes'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        items={[
          { key: 'attributes', label: t('dictionary.attributes'), children: <AttributesTab /> },
          { key: 'events', label: t('dictionary.events'), children: <EventsTab /> },
        ]}
      />
    </Page>
  );
}
