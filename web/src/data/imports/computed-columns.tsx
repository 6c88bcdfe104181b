import { PlusOutlined } from '@ant-design/icons';
import type { ImportMapping } from '@sluice/shared/http-api';
import type { Attributes } from '@sluice/shared/model';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { RemoveButton } from '../../ui/remove-button.tsx';
import { Section } from '../../ui/section.tsx';
import { AttributeValueText } from '../attribute-value-text.tsx';
import { TypeSelect } from '../type-select.tsx';
import styles from './computed-columns.module.css';
import { FieldProblem } from './field-problem.tsx';
import { addComputed, type MappingProblem, removeComputed, setComputed } from './mapping-draft.ts';

const ROW_PLACE = '{{row}}';

interface ComputedColumnsProps {
  mapping: ImportMapping;
  problems: ReadonlyMap<number, MappingProblem>;
  /** The first row as the trial run made it; absent until it answers. */
  firstProfile: { attributes: Attributes } | undefined;
  onChange: (mapping: ImportMapping) => void;
}

/** Attributes that the file does not hold, filled from a Liquid expression over each row. */
export function ComputedColumns({ mapping, problems, firstProfile, onChange }: ComputedColumnsProps) {
  const { t } = useTranslation('data');
  return (
    <Section
      title={t(mapping.event ? 'event.computed' : 'mapping.computed')}
      hint={t('mapping.computedHelp', { place: ROW_PLACE })}
    >
      {mapping.computed.length > 0 && (
        <div className={styles.grid}>
          <span className={styles.head}>{t('mapping.computedName')}</span>
          <span className={styles.head}>{t('mapping.computedLiquid')}</span>
          <span className={styles.head}>{t('mapping.type')}</span>
          <span className={styles.head}>{t('mapping.computedResult')}</span>
          <span />
          {mapping.computed.map((entry, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- entries have no identity but their place
            <div key={index} className={styles.row}>
              <div>
                <Input
                  aria-label={t('mapping.computedName')}
                  placeholder="email"
                  value={entry.attribute}
                  onChange={(event) => onChange(setComputed(mapping, index, { attribute: event.target.value }))}
                />
                <FieldProblem problem={entry.attribute || entry.liquid ? problems.get(index) : undefined} />
              </div>
              <Input
                aria-label={t('mapping.computedLiquid')}
                className={styles.code ?? ''}
                placeholder={`user-${ROW_PLACE}@example.test`}
                maxLength={1000}
                value={entry.liquid}
                onChange={(event) => onChange(setComputed(mapping, index, { liquid: event.target.value }))}
              />
              <TypeSelect
                label={t('mapping.typeOf', { column: entry.attribute })}
                value={entry.type}
                onChange={(type) => onChange(setComputed(mapping, index, { type }))}
              />
              <output className={styles.result}>
                <AttributeValueText value={firstProfile?.attributes[entry.attribute]} />
              </output>
              <RemoveButton
                label={t('mapping.removeComputed', { name: entry.attribute })}
                onClick={() => onChange(removeComputed(mapping, index))}
              />
            </div>
          ))}
        </div>
      )}
      <Button
        className={styles.add ?? ''}
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange(addComputed(mapping))}
      >
        {t(mapping.event ? 'event.addComputed' : 'mapping.addComputed')}
      </Button>
    </Section>
  );
}
