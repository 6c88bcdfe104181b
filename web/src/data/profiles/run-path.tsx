import type { RunRecord } from '@sluice/shared/http-api';
import type { Step } from '@sluice/shared/model';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format/use-format.ts';
import styles from './run-path.module.css';
import { useNodeWords } from './use-node-words.ts';
import { useReasonText } from './use-reason-text.ts';

/** A run step by step: when it came, how long it stood, by which port it left and why. */
export function RunPath({ run }: { run: RunRecord }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const reasonText = useReasonText();
  const words = useNodeWords(run);
  const stayOf = (step: Step) =>
    step.leftAt === undefined
      ? t('profile.stands')
      : step.leftAt > step.enteredAt && t('profile.stood', { duration: format.duration(step.leftAt - step.enteredAt) });
  return (
    <ol className={styles.path}>
      {run.path.map((step) => {
        const stay = run.status === 'ended' && step.leftAt === undefined ? false : stayOf(step);
        return (
          <li key={step.seq} className={styles.step} data-category={words.categoryOf(step.node)}>
            <time className={styles.time} dateTime={new Date(step.enteredAt).toISOString()}>
              {format.second(step.enteredAt)}
            </time>
            <div className={styles.what}>
              <span className={styles.node}>{words.nameOf(step.node)}</span>
              {step.port !== undefined && <span className={styles.port}>{words.portOf(step.node, step.port)}</span>}
              {stay && <span className={styles.stay}>{stay}</span>}
              {step.reason && <p className={styles.reason}>{reasonText(step.reason)}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
