import type { ImportJob } from '@sluice/shared/http-api';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format/use-format.ts';

/** What taking the import back has done so far. */
export function UndoResult({ job: { status, undo } }: { job: ImportJob }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  if (!undo) return null;
  const done = (['removed', 'restored', 'events', 'rows', 'members', 'kept'] as const).filter(
    (what) => (undo[what] ?? 0) > 0,
  );
  return (
    <Alert
      type="info"
      showIcon
      role="status"
      title={t(status === 'undoing' ? 'undo.underWay' : 'undo.done')}
      description={
        done.length > 0 && (
          <ul>
            {done.map((what) => (
              <li key={what}>
                {t(`undo.did.${what}`, { count: undo[what] ?? 0, number: format.count(undo[what] ?? 0) })}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}
