import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useEditorState } from '../editing/editor-context.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { useNow } from '../ui/use-now.ts';
import type { RunningAutosave } from './use-draft-editor.ts';
import styles from './save-state.module.css';

/** Where the edits are: with the server, on the way, or only in this browser and why. */
export function SaveState({ autosave }: { autosave: RunningAutosave }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const nowMs = useNow();
  const reasonOf = useReason();
  const { save, savedAt, isMirrored } = useEditorState((state) => state.remote);
  const timeOf = (at: number) => format.absolute(at, nowMs);
  if (save.kind === 'saved') {
    const text = savedAt === null ? t('save.saved') : t('save.savedAt', { time: timeOf(savedAt) });
    return (
      <span className={styles.state} role="status">
        <Tooltip title={text}>{t('save.saved')}</Tooltip>
      </span>
    );
  }
  if (save.kind === 'unsaved' || save.kind === 'saving')
    return (
      <span className={styles.state} role="status">
        {t(`save.${save.kind}`)}
        {!isMirrored && <span className={styles.bad}>{t('save.notMirrored')}</span>}
      </span>
    );
  if (save.kind === 'conflict')
    return (
      <span className={styles.bad} role="status" data-trouble title={t('save.conflict')}>
        <span className={styles.words}>{t('save.conflict')}</span>
      </span>
    );
  const reason = reasonOf(save.code);
  const words =
    save.kind === 'retrying'
      ? t('save.retrying', { reason, time: timeOf(save.retryAt) })
      : t('save.refused', { reason });
  return (
    <span className={styles.bad} role="status" data-trouble title={words}>
      <span className={styles.words}>{words}</span>
      {save.code === 'not-signed-in' ? (
        <Link to="/sign-in">{t('save.signIn')}</Link>
      ) : (
        <Button size="small" onClick={() => void autosave.current?.flush()}>
          {t('save.now')}
        </Button>
      )}
    </span>
  );
}

function useReason(): (code: string) => string {
  const { t } = useTranslation('plans');
  return (code) => {
    if (code === 'not-signed-in') return t('save.signedOut');
    return code === 'server-unreachable' ? t('save.serverGone') : t('save.other', { code });
  };
}
