import type { ModelFeature, ModelReport } from '@sluice/shared/http-api';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAttributeNames } from '../audiences/use-attribute-names.ts';
import { useDictionary } from '../audiences/use-dictionary.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { Section } from '../ui/section.tsx';
import { Bar } from './bar.tsx';
import { FeatureEffects } from './feature-effects.tsx';
import styles from './feature-table.module.css';
import { describeFeature } from './feature-words.ts';
import { formatAuc } from './format-score.ts';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 840;

/** The attributes by how much they move the scores; a row opens to the values behind it. */
export function FeatureTable({ report: { features, leftOut } }: { report: ModelReport }) {
  const { t } = useTranslation('models');
  const columns = useColumns(features);
  const nameOf = useAttributeNames();
  const reasons = leftOut.map(({ attribute, reason }) =>
    t('features.oneLeftOut', { attribute: nameOf(attribute), reason: t(`features.reasons.${reason}`) }),
  );
  return (
    <Section title={t('features.title')}>
      <Table<ModelFeature>
        rowKey="attribute"
        columns={columns}
        dataSource={features}
        pagination={features.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        scroll={{ x: LEAST_WIDTH }}
        expandable={{
          expandRowByClick: true,
          expandedRowRender: renderEffects,
        }}
      />
      {reasons.length > 0 && (
        <p className={styles.leftOut}>
          {t('features.leftOut')}: {reasons.join(' · ')}
        </p>
      )}
    </Section>
  );
}

const renderEffects = (feature: ModelFeature) => <Effects feature={feature} />;

function Effects({ feature }: { feature: ModelFeature }) {
  const { attributes } = useDictionary();
  return <FeatureEffects feature={feature} isDate={attributes.get(feature.attribute)?.type === 'date'} />;
}

function useColumns(features: readonly ModelFeature[]): TableColumnsType<ModelFeature> {
  const { t, i18n } = useTranslation('models');
  const format = useFormat();
  const { attributes } = useDictionary();
  const most = Math.max(0.01, ...features.map(({ share }) => share));
  const { language } = i18n;
  return [
    {
      key: 'attribute',
      title: t('features.attribute'),
      width: 200,
      ellipsis: true,
      render: (_, { attribute }) => attributes.get(attribute)?.displayName ?? attribute,
    },
    {
      key: 'share',
      title: t('features.share'),
      width: 220,
      render: (_, { share }) => <Bar text={format.share(share, 1)} share={share / most} tone="strong" />,
    },
    {
      key: 'alone',
      title: t('features.alone'),
      width: 110,
      align: 'right',
      render: (_, { aloneAuc }) => formatAuc(aloneAuc, language),
    },
    {
      key: 'words',
      title: t('features.words'),
      render: (_, feature) =>
        describeFeature(feature, { t, language, isDate: attributes.get(feature.attribute)?.type === 'date' }),
    },
  ];
}
