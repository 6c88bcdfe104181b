import { EyeOutlined } from '@ant-design/icons';
import { api, type Reveal } from '@sluice/shared/http-api';
import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAttributeNames } from '../../audiences/use-attribute-names.ts';
import { usePages } from '../../http/use-route.ts';
import { Moment } from '../../ui/moment.tsx';
import { RecordTable } from './record-table.tsx';
import styles from './records.module.css';
import { type Narrowing, useNarrowing } from './use-narrowing.tsx';

/** Who looked at which masked value, and what for. */
export function RevealsTab() {
  const { t } = useTranslation('governance');
  const nameOf = useAttributeNames();
  const narrowing = useNarrowing();
  const accountId = narrowing.valueOf('by');
  const attribute = narrowing.valueOf('attribute');
  const query = { ...(accountId !== undefined && { accountId }), ...(attribute !== undefined && { attribute }) };
  const looks = usePages(api.data.listReveals, { query }, { keepsPrevious: true });
  const columns = useColumns(narrowing);
  const isNarrowed = Object.keys(query).length > 0;
  const [first] = looks.items;
  return (
    <div className={styles.tab}>
      {isNarrowed && (
        <div className={styles.filters}>
          {narrowing.chosen({
            ...(first && { by: first.by }),
            ...(attribute !== undefined && { attribute: nameOf(attribute) }),
          })}
        </div>
      )}
      <RecordTable
        records={looks}
        columns={columns}
        isNarrowed={isNarrowed}
        none={{
          icon: <EyeOutlined aria-hidden />,
          title: t('records.noReveals'),
          text: t('records.noRevealsText'),
        }}
      />
    </div>
  );
}

function useColumns(narrowing: Narrowing): TableColumnsType<Reveal> {
  const { t } = useTranslation('governance');
  const nameOf = useAttributeNames();
  return [
    { key: 'at', title: t('records.at'), render: (_, { at }) => <Moment at={at} /> },
    { key: 'by', title: t('records.by'), render: (_, { accountId, by }) => narrowing.choice('by', accountId, by) },
    {
      key: 'profile',
      title: t('records.profile'),
      render: (_, { profileId, userId }) => <Link to={`/data/profiles/${profileId}`}>{userId ?? profileId}</Link>,
    },
    {
      key: 'attribute',
      title: t('records.attribute'),
      render: (_, { attribute }) => narrowing.choice('attribute', attribute, nameOf(attribute)),
    },
    { key: 'purpose', title: t('records.purpose'), render: (_, { purpose }) => purpose },
  ];
}
