import { ExportOutlined } from '@ant-design/icons';
import { api, type ExportProtection } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useExportColumns } from '../../audiences/use-export-columns.tsx';
import { usePages } from '../../http/use-route.ts';
import { RecordTable } from './record-table.tsx';
import styles from './records.module.css';
import { useNarrowing } from './use-narrowing.tsx';

const PROTECTIONS = ['masked', 'passphrase', 'recipients'] as const satisfies readonly ExportProtection[];
const EVERY = '';

/** Who took the members of which audience away as a file. */
export function ExportsTab() {
  const { t } = useTranslation('governance');
  const narrowing = useNarrowing();
  const accountId = narrowing.valueOf('by');
  const audienceId = narrowing.valueOf('audience');
  const protection = PROTECTIONS.find((kind) => kind === narrowing.valueOf('protection'));
  const query = {
    ...(accountId !== undefined && { accountId }),
    ...(audienceId !== undefined && { audienceId }),
    ...(protection && { protection }),
  };
  const records = usePages(api.exports.listExports, { query }, { keepsPrevious: true });
  const columns = useExportColumns(
    [
      {
        key: 'audience',
        title: t('records.audience'),
        render: (_, { audience: { id, name } }) => <Link to={`/audiences/${id}`}>{name}</Link>,
      },
    ],
    ({ accountId: id, by }) => narrowing.choice('by', id, by),
  );
  const isNarrowed = Object.keys(query).length > 0;
  const [first] = records.items;
  return (
    <div className={styles.tab}>
      {(isNarrowed || first) && (
        <div className={styles.filters}>
          <Select<ExportProtection | typeof EVERY>
            className={styles.protection ?? ''}
            aria-label={t('records.protections')}
            value={protection ?? EVERY}
            popupMatchSelectWidth={false}
            options={[
              { value: EVERY, label: t('records.allProtections') },
              ...PROTECTIONS.map((value) => ({ value, label: t(`records.kinds.${value}`) })),
            ]}
            onChange={(kind) => narrowing.set('protection', kind === EVERY ? undefined : kind)}
          />
          {narrowing.chosen({ ...(first && { by: first.by, audience: first.audience.name }) })}
        </div>
      )}
      <RecordTable
        records={records}
        columns={columns}
        isNarrowed={isNarrowed}
        none={{
          icon: <ExportOutlined aria-hidden />,
          title: t('records.noExports'),
          text: t('records.noExportsText'),
        }}
      />
    </div>
  );
}
