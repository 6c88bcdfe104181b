import type { MergeConflict } from '@sluice/shared/flow-template';
import type { GraphNode } from '@sluice/shared/graph';
import type { FieldHint, ParamTexts } from '@sluice/shared/node-contract';
import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import type { ParamSchema } from '../inspector/param-schema.ts';
import styles from './upgrade-dialog.module.css';
import { useValueWords } from './use-value-words.ts';

interface UpgradeConflictProps {
  conflict: MergeConflict;
  choice: 'mine' | 'theirs';
  onChoose: (choice: 'mine' | 'theirs') => void;
}

/** One place that both changed: what stands on either side, and which is to stay. */
export function UpgradeConflict({ conflict, choice, onChoose }: UpgradeConflictProps) {
  const { t } = useTranslation('templates');
  const { place, wordsOf } = useConflictWords(conflict);
  return (
    <fieldset className={styles.conflict}>
      <legend>{place}</legend>
      <p>{t('upgrade.conflicts')}</p>
      <Radio.Group
        aria-label={place}
        value={choice}
        onChange={(event) => onChoose(event.target.value as 'mine' | 'theirs')}
      >
        <Radio value="mine">
          {t('upgrade.keepMine')}
          <span className={styles.value}>{wordsOf(conflict.mine)}</span>
        </Radio>
        <Radio value="theirs">
          {t('upgrade.takeTheirs')}
          <span className={styles.value}>{wordsOf(conflict.theirs)}</span>
        </Radio>
      </Radio.Group>
    </fieldset>
  );
}

/** How the measurement calls its fields in the form. */
const MEASURED: Readonly<Record<string, 'conversion' | 'value' | 'currency' | 'click' | 'window'>> = {
  conversionEvent: 'conversion',
  valueProperty: 'value',
  currency: 'currency',
  clickEvent: 'click',
  windowMs: 'window',
};

/** The place as it is called on the screen, and its values as their inputs would show them. */
function useConflictWords({ id, node: nodeId, param }: MergeConflict): {
  place: string;
  wordsOf: (value: unknown) => string;
} {
  const { t } = useTranslation(['templates', 'plans']);
  const { catalog } = useEditor();
  const language = useLanguage();
  const words = useNodeWords();
  const valueWords = useValueWords();
  const nodes = useEditorState(({ document }) => document.nodes);
  const [of = '', , ...rest] = id.split('/');
  if (of === 'measurement') {
    const field = id.slice('measurement/'.length);
    const label = MEASURED[field];
    const schema: ParamSchema = field === 'windowMs' ? { means: 'duration' } : {};
    return {
      place: `${t('upgrade.measurement')} · ${label ? t(`plans:measurement.${label}`) : field}`,
      wordsOf: (value) => valueWords(value, { schema }),
    };
  }
  const node = nodes[nodeId ?? ''];
  const title = node ? words.titleOf(node) : (nodeId ?? id);
  if (param) {
    const name = param.slice(1);
    const manifest = catalog.find(node?.kind ?? '');
    const texts = (manifest?.texts[language].params as Readonly<Record<string, ParamTexts>> | undefined)?.[name];
    const hint = (manifest?.hints as Readonly<Record<string, FieldHint>> | undefined)?.[name];
    const schema = (manifest?.params as ParamSchema | undefined)?.properties?.[name];
    return {
      place: `${title} · ${texts?.label ?? name}`,
      wordsOf: (value) => valueWords(value, { schema, hint, texts }),
    };
  }
  if (of === 'edge')
    return {
      place: `${title} · ${t('upgrade.connection', { port: words.portNameOf(node, rest.join('/')) })}`,
      wordsOf: (value) =>
        typeof value === 'string' && nodes[value] ? words.titleOf(nodes[value]) : valueWords(value, {}),
    };
  return {
    place: rest.length === 0 ? `${title} · ${t('upgrade.wholeNode')}` : title,
    wordsOf: (value) =>
      isNode(value) ? [words.titleOf(value), words.summaryOf(value)].join(' · ') : valueWords(value, {}),
  };
}

function isNode(value: unknown): value is GraphNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'params' in value;
}
