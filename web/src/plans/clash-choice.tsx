import type { GraphNode } from '@sluice/shared/graph';
import type { ParamTexts } from '@sluice/shared/node-contract';
import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import type { Choice, Clash } from '../editor/merge.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import styles from './settle-dialog.module.css';

interface ClashChoiceProps {
  clash: Clash;
  sides: Readonly<Record<'mine' | 'theirs', FlowDocument>>;
  by: string;
  value: Choice | undefined;
  onChange: (choice: Choice) => void;
}

/** One place at which two versions differ: both as sentences, to choose from. */
export function ClashChoice({ clash, sides, by, value, onChange }: ClashChoiceProps) {
  const { t } = useTranslation('plans');
  const editor = useEditor();
  const words = useNodeWords();
  const fieldNameOf = useFieldName();
  const node = clash.of === 'node' ? (clash.mine ?? clash.theirs) : undefined;
  const title = node ? words.titleOf(node) : t(`conflict.${clash.of === 'name' ? 'name' : 'measurement'}`);
  const { textOf, areValuesSaid } = useSideText(clash, sides);
  const canBoth = clash.of === 'node' && clash.mine && clash.theirs && clash.fields.length > 0;
  const options: Choice[] = canBoth ? ['mine', 'theirs', 'both'] : ['mine', 'theirs'];
  const changed = clash.of === 'node' ? clash.fields.map((field) => fieldNameOf(clash, field)) : [];
  return (
    <section className={styles.clash} aria-label={title}>
      <button
        type="button"
        className={styles.title}
        disabled={!node}
        onClick={() => node && editor.run('reveal', { node: node.id })}
      >
        {node && <NodeIcon name={editor.catalog.find(node.kind)?.icon} />}
        <strong>{title}</strong>
      </button>
      {changed.length > 0 && !areValuesSaid && <p className={styles.about}>{changed.join(t('compare.comma'))}</p>}
      <Radio.Group className={styles.options ?? ''} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <Radio key={option} value={option}>
            <span className={styles.side}>
              {option === 'both' ? t('conflict.both') : option === 'mine' ? t('compare.mine') : by}
            </span>
            {option !== 'both' && <span className={styles.says}>{textOf(option)}</span>}
          </Radio>
        ))}
      </Radio.Group>
    </section>
  );
}

function useFieldName(): (clash: Extract<Clash, { of: 'node' }>, field: string) => string {
  const { t } = useTranslation(['plans', 'inspector']);
  const { catalog } = useEditor();
  const language = useLanguage();
  return ({ mine, theirs }, field) => {
    const node = mine ?? theirs;
    const texts: Readonly<Record<string, ParamTexts>> = catalog.find(node?.kind ?? '')?.texts[language].params ?? {};
    const [, param] = /^params\/(.*)$/.exec(field) ?? [];
    if (param !== undefined) return texts[param]?.label ?? param;
    return field === 'name' ? t('inspector:name') : t('plans:conflict.look');
  };
}

interface SideText {
  textOf(side: 'mine' | 'theirs'): string;
  /** Each side names the fields with their values. */
  areValuesSaid: boolean;
}

/** What a side says at the place: the line of its card and, where the lines are alike, the values that are not. */
function useSideText(clash: Clash, sides: ClashChoiceProps['sides']): SideText {
  const { t } = useTranslation('plans');
  const words = useNodeWords();
  const fieldNameOf = useFieldName();
  if (clash.of !== 'node')
    return {
      textOf: (side) => (clash.of === 'name' ? sides[side].name : readable(sides[side].measurement)),
      areValuesSaid: false,
    };
  const lineOf = (node: GraphNode) => `${words.stateOf(node)}${words.summaryOf(node)}`;
  const areLinesAlike =
    clash.mine !== undefined && clash.theirs !== undefined && lineOf(clash.mine) === lineOf(clash.theirs);
  const textOf = (side: 'mine' | 'theirs') => {
    const node = clash[side];
    if (!node) return t('conflict.deleted');
    const parts = areLinesAlike
      ? clash.fields.map((field) =>
          t('compare.says', { field: fieldNameOf(clash, field), value: readable(valueAt(node, field)) }),
        )
      : [lineOf(node)];
    const ways = clash.ports.map((port) => {
      const edge = Object.values(sides[side].edges).find((one) => one.from === clash.id && one.port === port);
      return `${words.portNameOf(node, port)} → ${edge ? words.titleOf(sides[side].nodes[edge.to]) : t('conflict.nowhere')}`;
    });
    return [...parts, ...ways].join(' · ');
  };
  return { textOf, areValuesSaid: areLinesAlike };
}

const LONGEST = 160;

function readable(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function valueAt(node: GraphNode, field: string): unknown {
  const [, param] = /^params\/(.*)$/.exec(field) ?? [];
  return param === undefined ? (node as Readonly<Record<string, unknown>>)[field] : node.params[param];
}
