import { api, type ImportMapping } from '@sluice/shared/http-api';
import { Checkbox, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAudiences } from '../../audiences/use-audience-names.ts';
import { useReply } from '../../http/use-route.ts';
import { Section } from '../../ui/section.tsx';
import styles from './identity-field.module.css';
import type { useStart } from './use-start.ts';

const USER_ID = '';

interface MemberFieldsProps {
  mapping: ImportMapping;
  start: Pick<ReturnType<typeof useStart>, 'draft' | 'setDraft' | 'isOneOff' | 'setOneOff'>;
  onChange: (mapping: ImportMapping) => void;
}

/** Which audience the people of the file come to, and by what they are found. */
export function MemberFields({ mapping, start, onChange }: MemberFieldsProps) {
  const { t } = useTranslation('data');
  const manual = (useAudiences() ?? []).filter(({ kind }) => kind === 'manual');
  const attributes = useReply(api.data.listAttributes, {}).data?.items ?? [];
  const { draft, setDraft, isOneOff, setOneOff } = start;
  const { members } = mapping;
  if (!members) return null;
  const options = [
    { value: USER_ID, label: t('mapping.userId') },
    ...attributes
      .filter(({ type, rights }) => rights.mayUse && (type === 'string' || type === 'number'))
      .map(({ name, displayName }) => ({ value: name, label: displayName ?? name })),
  ];
  return (
    <>
      <Section title={t('members.by')} hint={t('members.byHelp')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          className={styles.input}
          aria-label={t('members.by')}
          value={members.by ?? USER_ID}
          options={options}
          onChange={(by) =>
            onChange({ ...mapping, members: { audience: members.audience, ...(by !== USER_ID && { by }) } })
          }
        />
      </Section>
      <Section title={t('members.audience')} hint={t('members.audienceHelp')}>
        <Radio.Group
          aria-label={t('members.audience')}
          value={draft === undefined ? 'existing' : 'new'}
          onChange={({ target }) => setDraft(target.value === 'new' ? '' : undefined)}
          options={[
            { value: 'new', label: t('members.new') },
            { value: 'existing', label: t('members.existing'), disabled: manual.length === 0 },
          ]}
        />
        {draft === undefined ? (
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            className={styles.input}
            aria-label={t('members.existing')}
            value={members.audience || null}
            placeholder={t('members.choose')}
            options={manual.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(audience) => audience && onChange({ ...mapping, members: { ...members, audience } })}
          />
        ) : (
          <>
            <label className={styles.field}>
              <span>{t('members.name')}</span>
              <Input
                className={styles.input}
                maxLength={120}
                value={draft}
                onChange={({ target }) => setDraft(target.value)}
              />
            </label>
            <Checkbox checked={isOneOff} onChange={({ target }) => setOneOff(target.checked)}>
              {t('members.oneOff')}
            </Checkbox>
          </>
        )}
      </Section>
    </>
  );
}
