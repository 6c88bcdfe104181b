import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { api, type Flow } from '@sluice/shared/http-api';
import type { ResumePolicy } from '@sluice/shared/model';
import { HOUR_MS } from '@sluice/shared/time';
import { InputNumber, Modal, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { HeaderButton } from './header-button.tsx';
import styles from './run-policy.module.css';

const STALE = [api.flows.listFlows, api.flows.getFlow, api.lifecycle.listBulkChanges];
const MAX_HOURS = 720;

/** Holding a live flow, or letting a held one go on. */
export function PauseControl({ flow }: { flow: Flow }) {
  const { t } = useTranslation('plans');
  const mayPause = useHasRole('administrator', 'operator');
  const [isAsking, setAsking] = useState(false);
  if (!mayPause || (flow.status !== 'live' && flow.status !== 'paused')) return null;
  const isPaused = flow.status === 'paused';
  return (
    <>
      <HeaderButton
        icon={isPaused ? <PlayCircleOutlined aria-hidden /> : <PauseOutlined aria-hidden />}
        name={isPaused ? t('pause.resume') : t('pause.pause')}
        onClick={() => setAsking(true)}
      />
      {isAsking && !isPaused && <PauseDialog flow={flow} onClose={() => setAsking(false)} />}
      {isAsking && isPaused && <ResumeDialog flow={flow} onClose={() => setAsking(false)} />}
    </>
  );
}

function PauseDialog({ flow, onClose }: { flow: Flow; onClose: () => void }) {
  const { t } = useTranslation('plans');
  const pausing = useChange(api.lifecycle.pauseFlow, STALE);
  return (
    <Modal
      open
      title={t('pause.title', { name: flow.name })}
      okText={t('pause.confirm')}
      okButtonProps={{ loading: pausing.isPending }}
      onCancel={onClose}
      onOk={() => pausing.mutate({ params: { flowId: flow.id } }, { onSuccess: onClose })}
    >
      <p>{t('pause.text')}</p>
      <p className={styles.hint}>{t('pause.sent')}</p>
      {pausing.error && <ErrorPanel error={pausing.error} />}
    </Modal>
  );
}

function ResumeDialog({ flow, onClose }: { flow: Flow; onClose: () => void }) {
  const { t } = useTranslation('plans');
  const hoursId = useId();
  const [kind, setKind] = useState<ResumePolicy['kind']>('go-on');
  const [hours, setHours] = useState(4);
  const resuming = useChange(api.lifecycle.resumeFlow, STALE);
  const policy: ResumePolicy = kind === 'spread' ? { kind, overMs: hours * HOUR_MS } : { kind };
  return (
    <Modal
      open
      title={t('pause.resumeTitle', { name: flow.name })}
      okText={t('pause.resumeConfirm')}
      okButtonProps={{ loading: resuming.isPending }}
      onCancel={onClose}
      onOk={() => resuming.mutate({ params: { flowId: flow.id }, body: { policy } }, { onSuccess: onClose })}
    >
      <div className={styles.parts}>
        <p>{t('pause.resumeText')}</p>
        <Radio.Group
          className={styles.choices ?? ''}
          aria-label={t('pause.overdue')}
          value={kind}
          onChange={({ target }) => setKind(target.value as ResumePolicy['kind'])}
        >
          {(['go-on', 'skip-overdue', 'spread'] as const).map((one) => (
            <Radio key={one} value={one}>
              {t(`pause.how.${one}`)}
              <span className={styles.hint}>{t(`pause.howHint.${one}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
        {kind === 'spread' && (
          <div className={styles.deeper}>
            <label htmlFor={hoursId}>{t('pause.over')}</label>{' '}
            <InputNumber<number>
              id={hoursId}
              min={1}
              max={MAX_HOURS}
              precision={0}
              suffix={t('pause.hours')}
              value={hours}
              onChange={(value) => setHours(value ?? 1)}
            />
          </div>
        )}
        {resuming.error && <ErrorPanel error={resuming.error} />}
      </div>
    </Modal>
  );
}
