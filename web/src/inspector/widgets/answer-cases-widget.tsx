import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { type Comparison, operatorsOf } from '@sluice/shared/condition';
import type { ServiceField } from '@sluice/shared/http-api';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ComparisonFields } from '../../audiences/comparison-fields.tsx';
import { EditorContext, type EditorFacts } from '../../audiences/editor-context.ts';
import { useServices } from '../use-services.ts';
import { freshKey } from '../variant-shares.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

interface AnswerCase {
  key: string;
  name: string;
  field?: string;
  is: Comparison;
}

/** A comparison of an answer asks about no attribute, event or audience. */
const NO_NAMES: EditorFacts['names'] = {
  attributes: new Map(),
  deleted: new Set(),
  events: new Map(),
  datasets: new Map(),
  audiences: new Map(),
};
/** Stands for "the field that decides" in the list of fields. */
const DECIDING = '';

/** What the answer of the chosen service is compared with, case by case; each case is a way out. */
export function AnswerCasesWidget({
  id,
  schema,
  texts,
  value,
  params,
  isDisabled,
  describedBy,
  onChange,
}: WidgetProps) {
  const { t } = useTranslation('inspector');
  const services = useServices();
  const service = services?.find((one) => one.id === params['service']);
  const cases = (Array.isArray(value) ? value : []) as AnswerCase[];
  const facts: EditorFacts = { names: NO_NAMES, problems: [], isDisabled, isInRun: true, ownId: undefined };
  const replace = (index: number, next: AnswerCase) =>
    onChange(cases.map((one, position) => (position === index ? next : one)));

  function add(): void {
    const key = freshKey(cases.map((one) => one.key));
    const [operator = 'equals'] = operatorsOf(typeOf(service, undefined), 'property');
    onChange([...cases, { key, name: t('cases.newName', { number: cases.length + 1 }), is: { operator } }]);
  }

  return (
    <EditorContext value={facts}>
      <div className={styles.items} id={id} role="group" aria-describedby={describedBy}>
        {cases.map((one, index) => (
          <div key={one.key} className={styles.item}>
            <div className={styles.row}>
              <Input
                className={styles.grow ?? ''}
                aria-label={texts.fields?.['name']?.label}
                maxLength={60}
                value={one.name}
                disabled={isDisabled}
                onChange={(event) => replace(index, { ...one, name: event.target.value })}
              />
              {!isDisabled && (
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('cases.remove', { name: one.name })}
                  onClick={() => onChange(cases.filter((other) => other !== one))}
                />
              )}
            </div>
            <Select<string>
              className={styles.wide ?? ''}
              aria-label={texts.fields?.['field']?.label}
              value={one.field ?? DECIDING}
              disabled={isDisabled}
              options={[
                {
                  value: DECIDING,
                  label: service ? t('cases.decidingField', { field: service.decides }) : t('cases.deciding'),
                },
                ...(service?.fields ?? []).map(({ name }) => ({ value: name, label: name })),
              ]}
              onChange={(field) => replace(index, withField(one, field))}
            />
            <div className={styles.row}>
              <ComparisonFields
                is={one.is}
                type={typeOf(service, one.field)}
                operators={operatorsOf(typeOf(service, one.field), 'property')}
                samples={[]}
                onChange={(is) => replace(index, { ...one, is })}
              />
            </div>
          </div>
        ))}
        {!isDisabled && cases.length < (schema.maxItems ?? Number.POSITIVE_INFINITY) && (
          <div>
            <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={add}>
              {t('cases.add')}
            </Button>
          </div>
        )}
      </div>
    </EditorContext>
  );
}

function withField({ field: _old, ...rest }: AnswerCase, field: string): AnswerCase {
  return field === DECIDING ? rest : { ...rest, field };
}

function typeOf(
  service: { fields: readonly ServiceField[]; decides: string } | undefined,
  field: string | undefined,
): ServiceField['type'] {
  const wanted = field ?? service?.decides;
  return service?.fields.find(({ name }) => name === wanted)?.type ?? 'string';
}
