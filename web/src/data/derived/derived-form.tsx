import { api, type DerivedAttribute } from '@sluice/shared/http-api';
import type { Derivation } from '@sluice/shared/condition';
import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { AggregateFields } from './aggregate-fields.tsx';
import { CasesFields } from './cases-fields.tsx';
import { derivationOf, type DerivedDraft, draftOf, NEW_DRAFT } from './derived-draft.ts';
import { RfmFields } from './rfm-fields.tsx';

const KINDS = ['aggregate', 'cases', 'rfm'] as const;
const FIELDS = { aggregate: AggregateFields, cases: CasesFields, rfm: RfmFields } as const;

/** What the fields of each kind have in common. */
export interface KindFieldsProps {
  draft: DerivedDraft;
  onChange: (part: Partial<DerivedDraft>) => void;
}

interface DerivedFormProps {
  derived: DerivedAttribute | null;
  onSaved: () => void;
}

export function DerivedForm({ derived, onSaved }: DerivedFormProps) {
  const { t } = useTranslation('governance');
  const [draft, setDraft] = useState(() =>
    derived ? draftOf(derived.name, derived.description, derived.derivation) : NEW_DRAFT,
  );
  const [isAsked, setAsked] = useState(false);
  const saving = useChange(api.derived.saveDerived, [api.derived.listDerived, api.data.listAttributes]);
  const change = (part: Partial<DerivedDraft>) => setDraft((current) => ({ ...current, ...part }));
  const isNameMissing = !/^[^$.][^.]*$/.test(draft.name.trim());
  const derivation = derivationOf(draft);
  const submit = () => {
    setAsked(true);
    if (isNameMissing || !derivation) return;
    const { name, description } = draft;
    saving.mutate({ params: { name: name.trim() }, body: { description, derivation } }, { onSuccess: onSaved });
  };
  const Fields = FIELDS[draft.kind];
  return (
    <Form layout="vertical" onFinish={submit}>
      <Form.Item
        label={t('derived.name')}
        htmlFor="derived-name"
        extra={derived === null && t('derived.nameHelp')}
        {...(isAsked && isNameMissing && { validateStatus: 'error' as const, help: t('derived.nameMissing') })}
      >
        <Input
          id="derived-name"
          maxLength={100}
          disabled={derived !== null}
          value={draft.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      </Form.Item>
      <Form.Item label={t('derived.kind')}>
        <Radio.Group
          aria-label={t('derived.kind')}
          optionType="button"
          disabled={derived !== null}
          value={draft.kind}
          options={KINDS.map((value) => ({ value, label: t(`derived.kinds.${value}`) }))}
          onChange={({ target }) => change({ kind: target.value as Derivation['kind'] })}
        />
      </Form.Item>
      <Fields draft={draft} onChange={change} />
      {isAsked && !derivation && <p role="alert">{t('derived.incomplete')}</p>}
      {saving.error && (
        <Form.Item>
          <ErrorPanel error={saving.error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={saving.isPending}>
        {t('derived.save')}
      </Button>
    </Form>
  );
}
