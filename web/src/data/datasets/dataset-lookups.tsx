import { describeCondition } from '@sluice/shared/condition';
import type { Dataset } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useNameReading } from '../../audiences/use-audience-names.ts';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import { CopyBlock } from '../../ui/copy-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/section.tsx';
import { snippetOf } from './dataset-draft.ts';

/** The rows that messages can name, each with the words that a template takes. */
export function DatasetLookups({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const language = useLanguage();
  const names = useNameReading();
  const { name, lookups } = dataset;
  if (lookups.length === 0) return <EmptyState title={t('lookups.none')} text={t('lookups.noneText')} />;
  return lookups.map((lookup) => {
    const is = { operator: 'atLeast' as const, value: 1 };
    const leaf = {
      op: 'dataset' as const,
      dataset: name,
      where: lookup.where,
      measure: { kind: 'count' as const },
      is,
    };
    const sentence = lookup.where.length > 0 ? describeCondition(leaf, language, names) : t('lookups.all');
    const sorted = lookup.sortBy ? t('lookups.sortedBy', { column: names.column(name, lookup.sortBy) }) : '';
    return (
      <Section
        key={lookup.name}
        title={lookup.name}
        hint={[sentence, sorted, t('lookups.atMost', { count: lookup.limit })].filter(Boolean).join(' · ')}
      >
        <CopyBlock label={lookup.name} text={snippetOf(dataset, lookup)} />
      </Section>
    );
  });
}
