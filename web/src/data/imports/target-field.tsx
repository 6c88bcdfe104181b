import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/section.tsx';
import { type Target, TARGETS } from './target-draft.ts';

/** What the rows become. */
export function TargetField({ target, onChange }: { target: Target; onChange: (target: Target) => void }) {
  const { t } = useTranslation('data');
  return (
    <Section title={t('target.title')} hint={t(`target.help.${target}`)}>
      <Radio.Group
        aria-label={t('target.title')}
        value={target}
        onChange={(event) => onChange(event.target.value as Target)}
        options={TARGETS.map((value) => ({ value, label: t(`target.${value}`) }))}
      />
    </Section>
  );
}
