import { PlusOutlined } from '@ant-design/icons';
import type { Dataset, Persona } from '@sluice/shared/http-api';
import type { Attributes } from '@sluice/shared/model';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDatasets } from '../audiences/use-datasets.ts';
import { RemovableRow } from '../ui/removable-row.tsx';
import styles from './sandbox.module.css';
import { ValuesEditor } from './values-editor.tsx';

/** More are not written by hand: they come with a copy, and are counted instead of shown. */
const SHOWN = 20;
/** As many as a persona may have. */
const MOST = 200;

/** What datasets hold of the persona: its orders, its policies. */
export function PersonaRows({ persona, onChange }: { persona: Persona; onChange: (persona: Persona) => void }) {
  const { t } = useTranslation('sandbox');
  const datasets = useDatasets();
  const { rows = [], ...rest } = persona;
  if (datasets.size === 0 && rows.length === 0) return null;
  const set = (next: typeof rows) => onChange(next.length > 0 ? { ...rest, rows: next } : rest);
  const titles = new Map([...datasets.values()].map(({ name, displayName }) => [name, displayName || name]));
  const only = datasets.size === 1 ? [...datasets.keys()][0] : undefined;
  return (
    <>
      <h4 className={styles.sub}>{t('who.rows')}</h4>
      {rows.slice(0, SHOWN).map((row, index) => {
        const title = titles.get(row.dataset) ?? row.dataset;
        const replace = (next: typeof row) => set(rows.map((old, place) => (place === index ? next : old)));
        return (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
          <div key={index} className={styles.item} role="group" aria-label={t('who.row', { number: index + 1, title })}>
            <RemovableRow
              removeLabel={t('who.removeRow', { number: index + 1 })}
              onRemove={() => set(rows.filter((_row, place) => place !== index))}
            >
              <Select<string>
                className={styles.grow ?? ''}
                aria-label={t('who.dataset')}
                placeholder={t('who.dataset')}
                value={row.dataset === '' ? null : row.dataset}
                options={optionsOf(titles, row.dataset)}
                showSearch={{ optionFilterProp: 'label' }}
                onChange={(dataset) => replace({ dataset, values: kept(row.values, datasets.get(dataset)) })}
              />
            </RemovableRow>
            <ValuesEditor
              values={row.values}
              names={columnsOf(datasets.get(row.dataset))}
              addLabel={t('who.addColumn')}
              onChange={(values) => replace({ ...row, values })}
            />
          </div>
        );
      })}
      {rows.length > SHOWN && <p className={styles.hint}>{t('who.moreRows', { count: rows.length - SHOWN })}</p>}
      <div>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          disabled={rows.length >= MOST}
          onClick={() => set([{ dataset: only ?? '', values: {} }, ...rows])}
        >
          {t('who.addRow')}
        </Button>
      </div>
    </>
  );
}

/** The one that a row names is on offer although nobody declares it any more. */
function optionsOf(titles: ReadonlyMap<string, string>, named: string) {
  const known = [...titles].map(([value, label]) => ({ value, label }));
  return named === '' || titles.has(named) ? known : [...known, { value: named, label: named }];
}

/** Joined columns too: the persona's rows hold what is said of them, as stored ones do. */
function columnsOf(dataset: Dataset | undefined): ReadonlyMap<string, string> {
  return new Map((dataset?.columns ?? []).map(({ name, type }) => [name, type]));
}

/** Of the values those for which the other dataset has a column, too. */
function kept(values: Attributes, dataset: Dataset | undefined): Attributes {
  const columns = columnsOf(dataset);
  return Object.fromEntries(Object.entries(values).filter(([name]) => columns.has(name)));
}
