import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useHasRole } from '../../access/session.ts';
import { Page } from '../../ui/page.tsx';
import { ExportsTab } from './exports-tab.tsx';
import { RevealsTab } from './reveals-tab.tsx';

/** Who took data about people away, and who looked at what is masked. */
export function RecordsPage() {
  const { t } = useTranslation('governance');
  const [search, setSearch] = useSearchParams();
  const mayReadReveals = useHasRole('administrator');
  if (!mayReadReveals)
    return (
      <Page title={t('records.title')} hint={t('records.hint')}>
        <ExportsTab />
      </Page>
    );
  return (
    <Page title={t('records.title')} hint={t('records.hint')}>
      <Tabs
        activeKey={search.get('tab') ?? 'exports'}
        // Filters of the other tab mean nothing here.
        onChange={(tab) => setSearch(tab === 'exports' ? {} : { tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: 'exports', label: t('records.exports'), children: <ExportsTab /> },
          { key: 'reveals', label: t('records.reveals'), children: <RevealsTab /> },
        ]}
      />
    </Page>
  );
}
