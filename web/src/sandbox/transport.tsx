import {
  CaretRightOutlined,
  FastForwardOutlined,
  PauseCircleOutlined,
  PlusOutlined,
  StepBackwardOutlined,
  VerticalRightOutlined,
} from '@ant-design/icons';
import type { Trace } from '@sluice/shared/http-api';
import { Button, Popover, Slider, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusTag } from '../ui/status-tag.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { SpanField } from './span-field.tsx';
import { afterNextWait, shownAt } from './trace-view.ts';
import styles from './transport.module.css';

interface TransportProps {
  trace: Trace;
  shown: number;
  onShow: (shown: number) => void;
  /** Lets something happen to the subject so long after the start. */
  onInject?: (afterMs: number) => void;
  /** What is to be known of the moment that is shown. */
  note?: string | undefined;
}

/** Goes through a dry run: step by step, to the next wait, to a moment, to the end, and back. */
export function Transport({ trace, shown, onShow, onInject, note }: TransportProps) {
  const { t } = useTranslation('sandbox');
  const format = useFormat();
  const [spanMs, setSpanMs] = useState(0);
  const { entries } = trace;
  const at = entries[shown - 1]?.at ?? trace.startAt;
  const isAtEnd = shown >= entries.length;
  const buttons: { key: 'first' | 'back' | 'step' | 'wait' | 'end'; icon: ReactNode; to: number; isOff: boolean }[] = [
    { key: 'first', icon: <VerticalRightOutlined aria-hidden />, to: 1, isOff: shown <= 1 },
    { key: 'back', icon: <StepBackwardOutlined aria-hidden />, to: shown - 1, isOff: shown <= 1 },
    { key: 'step', icon: <CaretRightOutlined aria-hidden />, to: shown + 1, isOff: isAtEnd },
    { key: 'wait', icon: <PauseCircleOutlined aria-hidden />, to: afterNextWait(entries, shown), isOff: isAtEnd },
    { key: 'end', icon: <FastForwardOutlined aria-hidden />, to: entries.length, isOff: isAtEnd },
  ];
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('transport.label')}>
      {buttons.map(({ key, icon, to, isOff }) => (
        <Tooltip key={key} title={t(`transport.${key}`)}>
          <Button
            type={key === 'step' ? 'default' : 'text'}
            icon={icon}
            disabled={isOff}
            aria-label={t(`transport.${key}`)}
            onClick={() => onShow(to)}
          />
        </Tooltip>
      ))}
      <Slider
        className={styles.slider ?? ''}
        min={1}
        max={Math.max(1, entries.length)}
        value={shown}
        tooltip={{ formatter: (value) => format.second(entries[(value ?? 1) - 1]?.at ?? trace.startAt) }}
        ariaLabelForHandle={t('transport.place')}
        onChange={onShow}
      />
      {note !== undefined && <StatusTag tone="waiting" text={note} />}
      <Popover
        trigger="click"
        content={
          <span className={styles.jump}>
            <SpanField label={t('transport.moment')} value={spanMs} onChange={setSpanMs} />
            <Button type="primary" onClick={() => onShow(Math.max(1, shownAt(entries, trace.startAt + spanMs)))}>
              {t('transport.go')}
            </Button>
          </span>
        }
      >
        <Button type="text" className={styles.time ?? ''} title={t('transport.toMoment')}>
          {format.second(at)}
        </Button>
      </Popover>
      {onInject && (
        <Tooltip title={t('transport.injectText')}>
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => onInject(at - trace.startAt)}>
            {t('transport.inject')}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}
