import type { DryCall, DryEffect, DryMessage } from '@sluice/shared/http-api';
import { Button, Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAudienceNames } from '../audiences/use-audience-names.ts';
import { MessageFrame } from '../content/outbox/message-frame.tsx';
import { DELIVERY_TONES } from '../data/profiles/delivery-tones.ts';
import { PropertiesText } from '../data/profiles/properties-text.tsx';
import { useReasonText } from '../data/profiles/use-reason-text.ts';
import { StatusTag } from '../ui/status-tag.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import styles from './timeline.module.css';

interface EffectViewProps {
  effect: DryEffect;
  /** It took place, in a live run. */
  isRecorded?: boolean;
}

/** One effect: what would have left, as whoever gets it would see it; of a live run, what became of it. */
export function EffectView({ effect: { effect, message, call, result }, isRecorded = false }: EffectViewProps) {
  const { t } = useTranslation('sandbox');
  const audiences = useAudienceNames();
  if (message) return <Message message={message} isRecorded={isRecorded} />;
  if (call) return <Call call={call} />;
  const isPending = isRecorded && result === undefined;
  const pending = isPending && <span className={styles.quiet}>{t('effects.pending')}</span>;
  const failed = result?.isOk === false && (
    <p className={styles.quiet}>{t('effects.failed', { code: result.code ?? '' })}</p>
  );
  if (effect.kind === 'update-profile') {
    const { set, unset, increment, addToList, removeFromList } = effect;
    const changes = {
      ...set,
      ...Object.fromEntries((unset ?? []).map((name) => [name, '–'])),
      ...Object.fromEntries(Object.entries(increment ?? {}).map(([name, by]) => [name, `${by < 0 ? '' : '+'}${by}`])),
      ...Object.fromEntries(Object.entries(addToList ?? {}).map(([name, items]) => [name, `+ ${items.join(', ')}`])),
      ...Object.fromEntries(
        Object.entries(removeFromList ?? {}).map(([name, items]) => [name, `− ${items.join(', ')}`]),
      ),
    };
    return (
      <div className={styles.effect}>
        <span>{t('effects.update')}</span>{' '}
        {Object.keys(changes).length === 0 ? t('effects.unsaid') : <PropertiesText properties={changes} />}
        {failed} {pending}
      </div>
    );
  }
  if (effect.kind === 'emit-event')
    return (
      <div className={styles.effect}>
        <span>{t('effects.event', { name: effect.name })}</span> <PropertiesText properties={effect.properties} />
      </div>
    );
  if (effect.kind === 'change-membership')
    return (
      <div className={styles.effect}>
        {t(effect.change === 'add' ? 'effects.puts' : 'effects.takes', {
          audience: audiences.get(effect.audience) ?? effect.audience,
        })}
        {failed}
      </div>
    );
  return (
    <div className={styles.effect}>
      {effect.kind === 'start-run' ? t('effects.flow', { flow: effect.flow }) : effect.kind}
      {failed}
    </div>
  );
}

function Message({ message, isRecorded }: { message: DryMessage; isRecorded: boolean }) {
  const { t } = useTranslation(['sandbox', 'data']);
  const reasonText = useReasonText();
  const [isOpen, setOpen] = useState(false);
  const [shape, setShape] = useState<'html' | 'text'>('html');
  const { status, to, subject, html, text, reason } = message;
  return (
    <div className={styles.effect}>
      <div className={styles.message}>
        <StatusTag
          tone={DELIVERY_TONES[status]}
          text={
            status === 'sent' && !isRecorded ? t('effects.wouldBeSent') : t(`data:profile.deliveryStatus.${status}`)
          }
        />
        <b>{subject || t('effects.noSubject')}</b>
        {html !== '' && (
          <Button type="link" size="small" onClick={() => setOpen(true)}>
            {t('effects.show')}
          </Button>
        )}
      </div>
      <div className={styles.quiet}>{reason ? reasonText(reason) : t('effects.to', { to })}</div>
      <Drawer
        open={isOpen}
        size={640}
        title={subject || t('effects.noSubject')}
        destroyOnHidden
        onClose={() => setOpen(false)}
        extra={
          <Segmented
            value={shape}
            onChange={setShape}
            options={[
              { value: 'html', label: t('effects.html') },
              { value: 'text', label: t('effects.text') },
            ]}
          />
        }
      >
        {shape === 'html' ? <MessageFrame html={html} title={subject} /> : <pre className={styles.plain}>{text}</pre>}
      </Drawer>
    </div>
  );
}

function Call({ call }: { call: DryCall }) {
  const { t } = useTranslation('sandbox');
  const format = useFormat();
  const reason = call.failure;
  return (
    <div className={styles.effect}>
      <div className={styles.message}>
        <b>{call.method}</b> <span className={styles.url}>{call.url}</span>
      </div>
      {call.body !== '' && <pre className={styles.plain}>{call.body}</pre>}
      {reason && (
        <div className={styles.quiet}>
          {t(`failures.${reason.code}`)} {reason.detail}
        </div>
      )}
      {call.attempts.map((attempt) => (
        <div key={attempt.at} className={styles.attempt}>
          <StatusTag
            tone={attempt.failure ? 'bad' : 'good'}
            text={attempt.failure ? t(`failures.${attempt.failure.code}`) : String(attempt.status ?? '')}
          />
          {attempt.isReal && <StatusTag tone="active" text={t('effects.real')} />}
          <span className={styles.quiet}>
            {format.second(attempt.overAt)}
            {attempt.failure?.detail && ` · ${attempt.failure.detail}`}
          </span>
          {attempt.answer !== '' && <pre className={styles.plain}>{attempt.answer}</pre>}
        </div>
      ))}
    </div>
  );
}
