import { api, type DrySubject, type Persona } from '@sluice/shared/http-api';
import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAudiences } from '../audiences/use-audience-names.ts';
import { useDictionary } from '../audiences/use-dictionary.ts';
import { ProfileSelect } from '../data/profiles/profile-select.tsx';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { PastEvents } from './past-events.tsx';
import { PersonaRows } from './persona-rows.tsx';
import styles from './sandbox.module.css';
import { ValuesEditor } from './values-editor.tsx';

interface SubjectFormProps {
  value: DrySubject;
  onChange: (subject: DrySubject) => void;
}

/** Who goes through the flow: a made-up person, or a stored profile that is only read. */
export function SubjectForm({ value, onChange }: SubjectFormProps) {
  const { t } = useTranslation('sandbox');
  // The persona that was written stays while a profile is looked at.
  const [kept, setKept] = useState<Persona | null>(value.kind === 'persona' ? value.persona : null);
  const show = (kind: DrySubject['kind']) => {
    if (value.kind === 'persona') setKept(value.persona);
    if (kind === 'profile') onChange({ kind, profileId: '' });
    else onChange({ kind, persona: kept ?? { id: 'persona', name: '', attributes: {}, audiences: [], events: [] } });
  };
  return (
    <>
      <Segmented<DrySubject['kind']>
        block
        aria-label={t('who.kind')}
        value={value.kind}
        options={[
          { value: 'persona', label: t('who.persona') },
          { value: 'profile', label: t('who.profile') },
        ]}
        onChange={show}
      />
      {value.kind === 'persona' ? (
        <PersonaForm persona={value.persona} onChange={(persona) => onChange({ kind: 'persona', persona })} />
      ) : (
        <>
          <ProfileSelect value={value.profileId} onChange={(profileId) => onChange({ kind: 'profile', profileId })} />
          <p className={styles.hint}>{t('who.readOnly')}</p>
        </>
      )}
    </>
  );
}

function PersonaForm({ persona, onChange }: { persona: Persona; onChange: (persona: Persona) => void }) {
  const { t } = useTranslation('sandbox');
  const dictionary = useDictionary();
  const audiences = useAudiences() ?? [];
  const copying = useChange(api.sandbox.copyPersona);
  const types = new Map([...dictionary.attributes].map(([name, { type }]) => [name, type]));
  return (
    <>
      <div className={styles.row}>
        <Input
          aria-label={t('who.name')}
          placeholder={t('who.name')}
          maxLength={120}
          value={persona.name}
          onChange={(event) => onChange({ ...persona, name: event.target.value })}
        />
        <ProfileSelect
          value=""
          placeholder={t('who.copy')}
          isBusy={copying.isPending}
          onChange={(profileId) =>
            copying.mutate(
              { body: { profileId } },
              { onSuccess: (reply) => onChange({ ...reply.persona, name: persona.name }) },
            )
          }
        />
      </div>
      {copying.error && <ErrorPanel error={copying.error} />}
      {copying.data && <p className={styles.hint}>{t(copying.data.isCut ? 'who.maskedCut' : 'who.masked')}</p>}
      <h4 className={styles.sub}>{t('who.attributes')}</h4>
      <ValuesEditor
        values={persona.attributes}
        names={types}
        addLabel={t('who.addAttribute')}
        onChange={(attributes) => onChange({ ...persona, attributes })}
      />
      <PastEvents persona={persona} onChange={onChange} />
      <PersonaRows persona={persona} onChange={onChange} />
      {(audiences.length > 0 || persona.audiences.length > 0) && (
        <>
          <h4 className={styles.sub}>{t('who.audiences')}</h4>
          <Select<string[]>
            mode="multiple"
            className={styles.wide ?? ''}
            aria-label={t('who.audiences')}
            placeholder={t('who.noAudiences')}
            value={persona.audiences}
            options={audiences.map(({ id, name }) => ({ value: id, label: name }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(chosen) => onChange({ ...persona, audiences: chosen })}
          />
        </>
      )}
    </>
  );
}
