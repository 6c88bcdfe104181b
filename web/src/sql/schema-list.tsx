import type { StatementSchema } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import styles from './schema-list.module.css';
import { quoteName } from './quote-name.ts';

interface SchemaListProps {
  schema: StatementSchema;
  onInsert: (text: string) => void;
}

/** Tables, columns, audiences and functions; a click puts the name into the statement, quoted where it must be. */
export function SchemaList({ schema: { tables, functions, audiences }, onInsert }: SchemaListProps) {
  const { t } = useTranslation('sql');
  return (
    <aside className={styles.schema} aria-label={t('schema')}>
      {tables.map(({ name, columns }) => (
        <details key={name} open={name === 'profiles'}>
          <summary className={styles.table}>{name}</summary>
          <ul>
            {columns.map((column) => (
              <li key={column.name}>
                <Entry
                  name={column.name}
                  note={t(`types.${column.type}`)}
                  onInsert={() => onInsert(quoteName(column.name))}
                />
              </li>
            ))}
          </ul>
        </details>
      ))}
      {audiences.length > 0 && (
        <details>
          <summary className={styles.table}>{t('audiences')}</summary>
          <ul>
            {audiences.map((name) => (
              <li key={name}>
                <Entry name={name} onInsert={() => onInsert(`'${name.replaceAll("'", "''")}'`)} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary className={styles.table}>{t('functions')}</summary>
        <ul>
          {functions.map((name) => (
            <li key={name}>
              <Entry name={name} onInsert={() => onInsert(`${name}(`)} />
            </li>
          ))}
        </ul>
      </details>
    </aside>
  );
}

function Entry({ name, note, onInsert }: { name: string; note?: string; onInsert: () => void }) {
  const { t } = useTranslation('sql');
  return (
    <button type="button" className={styles.entry} title={t('insert', { name })} onClick={onInsert}>
      <span className={styles.name}>{name}</span>
      {note !== undefined && <span className={styles.type}>{note}</span>}
    </button>
  );
}
