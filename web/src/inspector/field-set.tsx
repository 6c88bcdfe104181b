import type { FieldHint, ParamTexts } from '@sluice/shared/node-contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './field.tsx';
import styles from './field.module.css';
import { type ParamSchema, widgetOf } from './param-schema.ts';

interface FieldSetProps {
  schema: ParamSchema;
  texts: Readonly<Record<string, ParamTexts>>;
  hints?: Readonly<Record<string, FieldHint | undefined>>;
  values: Readonly<Record<string, unknown>>;
  /** All params of the node. */
  params: Readonly<Record<string, unknown>>;
  /** What a choice that nobody has made stands for; shown as made. */
  defaults?: Readonly<Record<string, unknown>>;
  pointer: string;
  isDisabled: boolean;
  /** Fields of an item within a list stand closer and side by side where they fit. */
  isDense?: boolean;
  onChange: (field: string, value: unknown) => void;
}

/** The fields of an object in the order of its schema; what is advanced is folded, what does not apply is left out. */
export function FieldSet(props: FieldSetProps) {
  const { schema, hints = {}, values, isDense } = props;
  const { t } = useTranslation('inspector');
  const [isUnfolded, setUnfolded] = useState(false);
  const names = Object.keys(schema.properties ?? {}).filter((name) => isShown(hints[name], values));
  const advanced = names.filter((name) => hints[name]?.isAdvanced);
  const plain = names.filter((name) => !hints[name]?.isAdvanced);
  const show = (name: string) => <SchemaField key={name} name={name} {...props} />;
  return (
    <div className={styles.set} data-dense={isDense ?? false}>
      {plain.map(show)}
      {advanced.length > 0 && (
        <details open={isUnfolded} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
          <summary className={styles.fold}>{t('advanced')}</summary>
          <div className={styles.set}>{isUnfolded && advanced.map(show)}</div>
        </details>
      )}
    </div>
  );
}

function SchemaField({
  name,
  schema,
  texts,
  hints,
  values,
  params,
  defaults,
  pointer,
  isDisabled,
  onChange,
}: FieldSetProps & { name: string }) {
  const field = schema.properties?.[name] ?? {};
  // A choice cannot look unmade: what is absent is as the kind has it from the start.
  const isChoice = widgetOf(field, hints?.[name]) === 'select';
  const isOptional = !schema.required?.includes(name);
  return (
    <Field
      pointer={`${pointer}/${name}`}
      schema={field}
      texts={texts[name] ?? { label: name }}
      hint={hints?.[name]}
      value={values[name] ?? (isChoice ? defaults?.[name] : undefined)}
      params={params}
      isDisabled={isDisabled}
      onChange={(value) => onChange(name, isOptional && value === '' ? undefined : value)}
    />
  );
}

function isShown(hint: FieldHint | undefined, values: Readonly<Record<string, unknown>>): boolean {
  if (!hint?.showWhen) return true;
  const value = values[hint.showWhen.param];
  return hint.showWhen.in.some((wanted) => wanted === value);
}
