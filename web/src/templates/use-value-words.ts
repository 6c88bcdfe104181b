import { describeCondition, type Condition } from '@sluice/shared/condition';
import type { FieldHint, ParamTexts } from '@sluice/shared/node-contract';
import { useTranslation } from 'react-i18next';
import { useNameReading } from '../audiences/use-audience-names.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { type ParamSchema, widgetOf } from '../inspector/param-schema.ts';
import { useFormat } from '../ui/format/use-format.ts';

const MOST_LETTERS = 120;

/** How the input of a value is made, as far as that is known. */
interface InputOf {
  schema?: ParamSchema | undefined;
  hint?: FieldHint | undefined;
  texts?: ParamTexts | undefined;
}

/** The value of a param in one line, as its input would show it; what no words are known for is shown as it is stored. */
export function useValueWords(): (value: unknown, input: InputOf) => string {
  const { t } = useTranslation('templates');
  const language = useLanguage();
  const names = useNameReading();
  const format = useFormat();
  const wordsOf = (value: unknown, { schema = {}, hint, texts }: InputOf): string => {
    if (value === undefined || value === '') return t('upgrade.absent');
    if (isConditionOf(value, schema, hint)) return describeCondition(value, language, names);
    if (typeof value === 'number')
      return widgetOf(schema, hint) === 'duration' ? format.duration(value) : format.count(value);
    if (typeof value === 'boolean') return t(value ? 'values.on' : 'values.off');
    if (typeof value === 'string') return texts?.options?.[value] ?? value;
    if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
      return new Intl.ListFormat(language, { type: 'unit' }).format(
        value.map((item) => wordsOf(item, { schema: schema.items, texts })),
      );
    return JSON.stringify(value);
  };
  return (value, input) => {
    const text = wordsOf(value, input);
    return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
  };
}

function isConditionOf(value: unknown, schema: ParamSchema, hint?: FieldHint): value is Condition {
  return typeof value === 'object' && widgetOf(schema, hint) === 'condition';
}
