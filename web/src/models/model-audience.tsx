import { api, type MemberSelection, type Model, type ModelReport } from '@sluice/shared/http-api';
import { Checkbox, Form, Input, InputNumber, Modal, Segmented, Slider } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { formatFactor } from './format-score.ts';
import { gainAt, shareFrom } from './gain-at.ts';
import styles from './model-audience.module.css';

interface ModelAudienceProps {
  model: Model;
  report: ModelReport;
  onClose: () => void;
}

const KINDS = ['count', 'share', 'score'] as const;
type Kind = (typeof KINDS)[number];
const FIRST_PERCENT = 10;

/** Turns the best by score into a snapshot audience, and says beforehand what is to be expected of them. */
export function ModelAudience({ model, report, onClose }: ModelAudienceProps) {
  const { t } = useTranslation(['models', 'ui']);
  const navigate = useNavigate();
  const { profiles, positives, gains } = report;
  const isSeed = model.kind === 'look-alike';
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [kind, setKind] = useState<Kind>('count');
  const [isWithout, setWithout] = useState(isSeed);
  const most = isWithout ? profiles - positives : profiles;
  const [count, setCount] = useState(Math.max(1, Math.round((most * FIRST_PERCENT) / 100)));
  const [percent, setPercent] = useState(FIRST_PERCENT);
  const [score, setScore] = useState(0.5);
  const creation = useChange(api.models.createModelAudience, [api.audiences.listAudiences]);
  const selections: Record<Kind, { selection: MemberSelection; share: number }> = {
    count: { selection: { kind: 'count', count }, share: Math.min(1, count / Math.max(1, most)) },
    share: { selection: { kind: 'share', share: percent / 100 }, share: percent / 100 },
    score: { selection: { kind: 'score', from: score }, share: shareFrom(gains, score) },
  };
  const { selection, share } = selections[kind];
  const isNameMissing = name.trim() === '';
  const create = () => {
    setAsked(true);
    if (isNameMissing) return;
    creation.mutate(
      { params: { modelId: model.id }, body: { name, selection, isWithoutLabelled: isWithout } },
      { onSuccess: ({ id }) => void navigate(`/audiences/${id}`) },
    );
  };
  return (
    <Modal
      open
      title={t('audience.title')}
      okText={t('audience.create')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ loading: creation.isPending }}
      onOk={create}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item
          label={t('audience.name')}
          htmlFor="model-audience-name"
          {...(isAsked && isNameMissing && { validateStatus: 'error', help: t('form.nameMissing') })}
        >
          <Input
            id="model-audience-name"
            autoFocus
            maxLength={120}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </Form.Item>
        <Form.Item label={t('audience.who')}>
          <Segmented<Kind>
            aria-label={t('audience.who')}
            value={kind}
            options={KINDS.map((value) => ({ value, label: t(`audience.kinds.${value}`) }))}
            onChange={setKind}
          />
        </Form.Item>
        {kind === 'count' && (
          <Amount label={t('audience.count')} value={count} min={1} max={most} step={1} onChange={setCount} />
        )}
        {kind === 'share' && (
          <Amount
            label={t('audience.share')}
            value={percent}
            min={1}
            max={100}
            step={1}
            suffix="%"
            onChange={setPercent}
          />
        )}
        {kind === 'score' && (
          <Amount label={t('audience.score')} value={score} min={0} max={1} step={0.01} onChange={setScore} />
        )}
        <Form.Item>
          <Checkbox checked={isWithout} onChange={({ target }) => setWithout(target.checked)}>
            {t(isSeed ? 'audience.withoutSeed' : 'audience.without')}
          </Checkbox>
        </Form.Item>
      </Form>
      <Estimate report={report} share={share} people={kind === 'count' ? count : share * most} isSeed={isSeed} />
      {creation.error && <ErrorPanel error={creation.error} />}
    </Modal>
  );
}

interface AmountProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  suffix?: string;
  onChange: (value: number) => void;
}

function Amount({ label, value, min, max, step, suffix, onChange }: AmountProps) {
  return (
    <Form.Item label={label} htmlFor="model-audience-amount">
      <div className={styles.amount}>
        <Slider
          className={styles.slider ?? ''}
          min={min}
          max={max}
          step={step}
          value={value}
          ariaLabelForHandle={label}
          tooltip={{ open: false }}
          onChange={onChange}
        />
        <InputNumber
          id="model-audience-amount"
          min={min}
          max={max}
          step={step}
          value={value}
          {...(suffix !== undefined && { suffix })}
          onChange={(next) => next !== null && onChange(next)}
        />
      </div>
    </Form.Item>
  );
}

interface EstimateProps {
  report: ModelReport;
  share: number;
  people: number;
  isSeed: boolean;
}

function Estimate({ report: { gains }, share, people, isSeed }: EstimateProps) {
  const { t, i18n } = useTranslation('models');
  const format = useFormat();
  const point = gainAt(gains, share);
  const lift = share === 0 ? 0 : point.captured / share;
  return (
    <p className={styles.estimate} aria-live="polite">
      {t(isSeed ? 'audience.estimateSeed' : 'audience.estimate', {
        people: format.count(Math.round(people)),
        precision: format.share(point.precision, 1),
        captured: format.share(point.captured, 1),
        lift: formatFactor(lift, i18n.language),
      })}
    </p>
  );
}
