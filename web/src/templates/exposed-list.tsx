import { defaultOf, faultOf } from '@sluice/shared/flow-template';
import type { ExposedParam } from '@sluice/shared/graph';
import { LOCALES, type Locale } from '@sluice/shared/model';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { graphOf } from '../editor/flow-document.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { manifests } from '../plans/node-kinds.ts';
import { OrderButtons } from '../ui/order-buttons.tsx';
import styles from './exposed-list.module.css';
import { inputOf } from './exposed-schema.ts';
import { useValueWords } from './use-value-words.ts';

const WIDGETS = [
  'text',
  'multiline',
  'number',
  'duration',
  'select',
  'switch',
  'condition',
  'attribute',
  'audience',
  'datetime',
  'date',
  'time-of-day',
] as const;

/** What the template asks for, in the order of its form; each change is an edit of the flow and can be undone. */
export function ExposedList() {
  const { t } = useTranslation('templates');
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const exposed = document.exposed ?? [];
  if (exposed.length === 0) return <p className={styles.about}>{t('save.asksNothing')}</p>;
  const set = (next: readonly ExposedParam[], field: string) => editor.run('set-exposed', { exposed: next, field });
  const swap = (index: number, other: number) => {
    const [one, two] = [exposed[index], exposed[other]];
    if (!one || !two) return;
    set(exposed.with(index, two).with(other, one), 'order');
  };
  return (
    <ol className={styles.list}>
      {exposed.map((param, index) => (
        <li key={param.id} className={styles.item}>
          <Item
            param={param}
            onChange={(changed, field) => set(exposed.with(index, changed), `${param.id}/${field}`)}
            onRemove={() => set(exposed.toSpliced(index, 1), 'remove')}
            {...(index > 0 && { onUp: () => swap(index, index - 1) })}
            {...(index < exposed.length - 1 && { onDown: () => swap(index, index + 1) })}
          />
        </li>
      ))}
    </ol>
  );
}

interface ItemProps {
  param: ExposedParam;
  onChange: (param: ExposedParam, field: string) => void;
  onRemove: () => void;
  onUp?: () => void;
  onDown?: () => void;
}

function Item({ param, onChange, onRemove, onUp, onDown }: ItemProps) {
  const { t } = useTranslation('templates');
  const language = useLanguage();
  const editor = useEditor();
  const words = useNodeWords();
  const document = useEditorState((state) => state.document);
  const graph = graphOf(document);
  const label = param.label[language];
  const [place] = param.places;
  const node = document.nodes[place?.node ?? ''];
  const wordsOf = useValueWords();
  const input = inputOf(param, graph, editor.catalog, language);
  const write = (field: 'label' | 'help', locale: Locale, text: string) => {
    const before = param[field] ?? { 'en-US': '', 'zh-CN': '' };
    onChange({ ...param, [field]: { ...before, [locale]: text } }, `${field}/${locale}`);
  };
  return (
    <fieldset onBlur={() => editor.run('end-gesture')} className={styles.fields}>
      <legend className={styles.legend}>
        <span>{node ? `${words.titleOf(node)} · ${label}` : label}</span>
        <OrderButtons
          names={{ up: t('save.up', { label }), down: t('save.down', { label }), remove: t('save.remove', { label }) }}
          onUp={onUp}
          onDown={onDown}
          onRemove={onRemove}
        />
      </legend>
      {faultOf(param, graph, manifests) && <p className={styles.gone}>{t('save.gone')}</p>}
      {(['label', 'help'] as const).map((field) => (
        <div key={field} className={styles.row}>
          {LOCALES.map((locale) => {
            const name = `${t(`save.${field}`)} (${t(locale === 'zh-CN' ? 'save.chinese' : 'save.english')})`;
            return (
              <Input
                key={locale}
                aria-label={name}
                placeholder={name}
                maxLength={field === 'label' ? 80 : 300}
                value={param[field]?.[locale] ?? ''}
                onChange={(event) => write(field, locale, event.target.value)}
              />
            );
          })}
        </div>
      ))}
      <div className={styles.row}>
        <Select<string>
          aria-label={t('save.widget')}
          value={param.widget ?? ''}
          options={[
            { value: '', label: t('save.widgetOwn') },
            ...WIDGETS.map((widget) => ({ value: widget, label: t(`save.widgets.${widget}`) })),
          ]}
          onChange={(widget) => {
            const { widget: _old, ...others } = param;
            onChange(widget === '' ? others : { ...others, widget }, 'widget');
          }}
        />
        <span className={styles.about}>{t('save.standard', { value: wordsOf(defaultOf(param, graph), input) })}</span>
      </div>
    </fieldset>
  );
}
