import { api, type AudienceSummary } from '@sluice/shared/http-api';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange, useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import styles from './audience-form.module.css';
import { countKept, isKept, LEAST, MOST, type Operation, OPERATIONS, toCondition } from './combine-draft.ts';
import { OverlapPicture } from './overlap-picture.tsx';
import { useAudiences } from './use-audience-names.ts';

const KINDS = ['dynamic', 'snapshot'] as const;

/** A new audience out of others: united, intersected, or one without the others; with what they share. */
export function CombinePage() {
  const { t } = useTranslation(['audiences', 'ui']);
  const navigate = useNavigate();
  const audiences = useAudiences() ?? [];
  const [chosen, setChosen] = useState<string[]>([]);
  const [operation, setOperation] = useState<Operation>('union');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('dynamic');
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const creation = useChange(api.audiences.createAudience, [api.audiences.listAudiences]);
  const problem = chosen.length < LEAST ? t('combine.tooFew') : undefined;
  const create = () => {
    setAsked(true);
    if (problem || name.trim() === '') return;
    creation.mutate(
      { body: { name, kind, condition: toCondition(operation, chosen) } },
      { onSuccess: ({ id }) => void navigate(`/audiences/${id}`, { replace: true }) },
    );
  };
  return (
    <Page title={t('combine.title')} hint={t('combine.hint')}>
      <Form layout="vertical" className={styles.form ?? ''} onFinish={create}>
        <Form.Item
          label={t('combine.audiences')}
          htmlFor="combine-audiences"
          {...(isAsked && problem && { validateStatus: 'error', help: problem })}
        >
          <Select
            id="combine-audiences"
            mode="multiple"
            maxCount={MOST}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('combine.choose')}
            value={chosen}
            options={audiences.map(({ id, name: label }) => ({ value: id, label }))}
            onChange={setChosen}
          />
        </Form.Item>
        <Form.Item label={t('combine.operation')} extra={t(`combine.help.${operation}`)}>
          <Radio.Group
            aria-label={t('combine.operation')}
            optionType="button"
            value={operation}
            options={OPERATIONS.map((value) => ({ value, label: t(`combine.operations.${value}`) }))}
            onChange={({ target }) => setOperation(target.value as Operation)}
          />
        </Form.Item>
        {chosen.length >= LEAST && <Overlaps audiences={audiences} chosen={chosen} operation={operation} />}
        <Form.Item
          label={t('form.name')}
          htmlFor="combine-name"
          {...(isAsked && name.trim() === '' && { validateStatus: 'error', help: t('form.nameMissing') })}
        >
          <Input id="combine-name" maxLength={120} value={name} onChange={({ target }) => setName(target.value)} />
        </Form.Item>
        <Form.Item label={t('form.kind')} extra={t(`kindHelp.${kind}`)}>
          <Radio.Group
            aria-label={t('form.kind')}
            optionType="button"
            value={kind}
            options={KINDS.map((value) => ({ value, label: t(`audienceKinds.${value}`) }))}
            onChange={({ target }) => setKind(target.value as (typeof KINDS)[number])}
          />
        </Form.Item>
        {creation.error && <ErrorPanel error={creation.error} />}
        <div className={styles.actions}>
          <Button type="primary" htmlType="submit" loading={creation.isPending}>
            {t('form.create')}
          </Button>
          <LinkButton to="/audiences">{t('ui:cancel')}</LinkButton>
        </div>
      </Form>
    </Page>
  );
}

interface OverlapsProps {
  audiences: readonly AudienceSummary[];
  chosen: readonly string[];
  operation: Operation;
}

function Overlaps({ audiences, chosen, operation }: OverlapsProps) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  // In one order whatever was picked first: the same audiences are asked about once.
  const reply = useReply(api.audienceSources.overlaps, { body: { audienceIds: chosen.toSorted() } });
  if (reply.isPending) return <Loading />;
  if (!reply.data) return <ErrorPanel error={reply.error} onRetry={() => void reply.refetch()} />;
  const { overlaps } = reply.data;
  const count = countKept(operation, chosen, overlaps);
  const names = new Map(audiences.map(({ id, name }) => [id, name]));
  return (
    <Form.Item className={styles.condition ?? ''}>
      <p role="status">{t('combine.result', { count, people: format.count(count) })}</p>
      <OverlapPicture
        audiences={chosen.map((id) => ({ id, name: names.get(id) ?? id }))}
        overlaps={overlaps}
        isKept={(overlap) => isKept(operation, chosen, overlap)}
      />
    </Form.Item>
  );
}
