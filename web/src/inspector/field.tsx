import type { FieldHint, ParamTexts } from '@sluice/shared/node-contract';
import { useContext, useId, useState } from 'react';
import { useEditor } from '../editing/editor-context.tsx';
import { ExampleValue } from './example-value.tsx';
import { Exposing } from './expose-context.ts';
import styles from './field.module.css';
import { useParamProblems } from './param-problems.tsx';
import { type ParamSchema, widgetOf } from './param-schema.ts';
import { Widgets } from './widget.ts';

interface FieldProps {
  pointer: string;
  schema: ParamSchema;
  texts: ParamTexts;
  hint?: FieldHint | undefined;
  value: unknown;
  params: Readonly<Record<string, unknown>>;
  isDisabled: boolean;
  onChange: (value: unknown) => void;
}

/** One labelled input. What is wrong with it is said once it is left, not while it is being filled in. */
export function Field({ pointer, schema, texts, hint, value, params, isDisabled, onChange }: FieldProps) {
  const id = useId();
  const editor = useEditor();
  const [isInUse, setInUse] = useState(false);
  const { own } = useParamProblems(pointer);
  const shown = isInUse ? [] : own;
  const name = widgetOf(schema, hint);
  const Widget = useContext(Widgets)?.[name];
  const helpId = texts.help ? `${id}-help` : undefined;
  const problemId = shown.length > 0 ? `${id}-problem` : undefined;
  const isInline = name === 'switch';
  const exposing = useContext(Exposing);
  return (
    <div
      className={styles.field}
      data-pointer={pointer}
      data-inline={isInline}
      onFocus={() => setInUse(true)}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setInUse(false);
        editor.run('end-gesture');
      }}
    >
      <div className={styles.head}>
        <label className={styles.label} htmlFor={id}>
          {texts.label}
        </label>
        {exposing && <exposing.Toggle node={exposing.node} pointer={pointer} label={texts.label} />}
      </div>
      {Widget && (
        <Widget
          id={id}
          pointer={pointer}
          schema={schema}
          texts={texts}
          value={value}
          params={params}
          isDisabled={isDisabled}
          isInvalid={shown.some(({ severity }) => severity === 'error')}
          describedBy={[helpId, problemId].filter(Boolean).join(' ') || undefined}
          onChange={onChange}
        />
      )}
      <ExampleValue schema={schema} widget={name} value={value} />
      {texts.help && (
        <p id={helpId} className={styles.help}>
          {texts.help}
        </p>
      )}
      {problemId && (
        <p id={problemId} className={styles.problem} data-severity={shown[0]?.severity}>
          {shown.map(({ text }) => text).join(' ')}
        </p>
      )}
    </div>
  );
}
