import type { MemberSource } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CopyBlock } from '../ui/copy-block.tsx';
import { useFormat } from '../ui/format/use-format.ts';

/** Where the members of a snapshot without a condition come from. */
export function SourceWords({ source }: { source: MemberSource }) {
  const { t } = useTranslation('audiences');
  if (source.kind === 'model') return <ModelSource source={source} />;
  if (source.kind === 'file')
    return (
      <p>
        {t('source.file')} <Link to={`/data/imports/${source.importId}`}>{source.fileName}</Link>
      </p>
    );
  return (
    <>
      <p>{t('source.sql')}</p>
      <CopyBlock label={t('source.sql')} text={source.statement} />
    </>
  );
}

function ModelSource({ source }: { source: Extract<MemberSource, { kind: 'model' }> }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const { model, name, selection, isWithoutLabelled } = source;
  const words = {
    count: () => selection.kind === 'count' && t('source.count', { count: selection.count }),
    share: () => selection.kind === 'share' && t('source.share', { share: format.share(selection.share, 1) }),
    score: () => selection.kind === 'score' && t('source.score', { from: selection.from }),
  }[selection.kind]();
  return (
    <p>
      {t('source.model')} <Link to={`/models/${model}`}>{name}</Link>: {words}
      {isWithoutLabelled && `, ${t('source.without')}`}
    </p>
  );
}
