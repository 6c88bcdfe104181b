import type { FileReading, ImportJob, ImportPreview } from '@sluice/shared/http-api';
import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format/use-format.ts';
import styles from './file-reading-fields.module.css';

// What spreadsheets and systems write in China, Taiwan, Japan, Korea and the West.
const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'shift_jis', 'euc-kr', 'windows-1252'];
const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

interface FileReadingFieldsProps {
  job: ImportJob;
  preview: ImportPreview;
  isReading: boolean;
  onRead: (reading: FileReading) => void;
}

/** What was found about the file; each of it can be said otherwise, and the file is read again. */
export function FileReadingFields({ job, preview, isReading, onRead }: FileReadingFieldsProps) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const { encoding, delimiter, hasHeader, sheet, sheets } = preview;
  const said: FileReading = {
    ...(preview.format !== 'xlsx' && { format: preview.format }),
    ...(encoding !== null && { encoding }),
    ...(delimiter !== null && { delimiter }),
    ...(hasHeader !== null && { hasHeader }),
    ...(sheet !== null && { sheet }),
  };
  // Another encoding or sheet has another header and separator: they are found anew.
  const { format: _format, delimiter: _delimiter, hasHeader: _hasHeader, ...found } = said;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t('mapping.size')}</dt>
        <dd>{format.bytes(job.bytes)}</dd>
      </div>
      <div>
        <dt>{t('reading.format')}</dt>
        <dd>{t(`reading.formats.${preview.format}`)}</dd>
      </div>
      <div>
        <dt>{t('mapping.columnCount')}</dt>
        <dd>{format.count(preview.columns.length)}</dd>
      </div>
      {sheet !== null && (
        <div>
          <dt>{t('reading.sheet')}</dt>
          <dd>
            <Select
              className={styles.choice ?? ''}
              aria-label={t('reading.sheet')}
              value={sheet}
              loading={isReading}
              options={sheets.map((name) => ({ value: name, label: name }))}
              onChange={(next) => onRead({ sheet: next })}
            />
          </dd>
        </div>
      )}
      {encoding !== null && (
        <div>
          <dt>{t('mapping.encoding')}</dt>
          <dd>
            <Select
              className={styles.choice ?? ''}
              aria-label={t('mapping.encoding')}
              showSearch
              value={encoding}
              loading={isReading}
              options={[...new Set([...ENCODINGS, encoding])].map((name) => ({
                value: name,
                label: name.toUpperCase(),
              }))}
              onChange={(next) => onRead({ ...found, encoding: next })}
            />
          </dd>
        </div>
      )}
      {delimiter !== null && (
        <div>
          <dt>{t('mapping.delimiter')}</dt>
          <dd>
            <Select
              className={styles.choice ?? ''}
              aria-label={t('mapping.delimiter')}
              value={delimiter}
              loading={isReading}
              options={[...new Set([...Object.keys(DELIMITERS), delimiter])].map((mark) => ({
                value: mark,
                label: isNamed(mark) ? t(`mapping.delimiters.${DELIMITERS[mark]}`) : mark,
              }))}
              onChange={(next) => onRead({ ...said, delimiter: next })}
            />
          </dd>
        </div>
      )}
      {hasHeader !== null && (
        <div>
          <dt>{t('reading.header')}</dt>
          <dd>
            <Checkbox
              checked={hasHeader}
              disabled={isReading}
              onChange={({ target }) => onRead({ ...said, hasHeader: target.checked })}
            >
              {t('reading.hasHeader')}
            </Checkbox>
          </dd>
        </div>
      )}
    </dl>
  );
}

function isNamed(mark: string): mark is keyof typeof DELIMITERS {
  return Object.hasOwn(DELIMITERS, mark);
}
