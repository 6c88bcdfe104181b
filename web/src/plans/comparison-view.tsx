import type { GraphNode } from '@sluice/shared/graph';
import type { ParamTexts } from '@sluice/shared/node-contract';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CanvasMarks } from '../canvas/canvas-marks.ts';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { type Comparison, compareDocuments, type NodeDifference } from '../editor/compare.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import styles from './comparison-view.module.css';
import { MarkedDrawing } from './marked-drawing.tsx';
import { MeasurementChanges } from './measurement-changes.tsx';

interface ComparisonViewProps {
  from: FlowDocument;
  to: FlowDocument;
  /** Above the list of differences. */
  children?: ReactNode;
  below?: ReactNode;
  /** Nothing is compared: there is but one graph. */
  isWithoutList?: boolean;
}

/** Two graphs as one drawing that shows what was added, changed and removed, with the list beside it. Fills its parent. */
export function ComparisonView({ from, to, children, below, isWithoutList = false }: ComparisonViewProps) {
  const comparison = useMemo(() => compareDocuments(from, to), [from, to]);
  const marks = useMemo((): CanvasMarks => {
    const nodes = new Map(comparison.nodes.map(({ node, is }) => [node.id, is]));
    return { nodes, edges: comparison.edges };
  }, [comparison]);
  return (
    <MarkedDrawing document={comparison.document} marks={marks}>
      <div className={styles.list}>
        {children}
        {!isWithoutList && <Differences comparison={comparison} from={from} to={to} />}
        {below}
      </div>
    </MarkedDrawing>
  );
}

interface DifferencesProps {
  comparison: Comparison;
  from: FlowDocument;
  to: FlowDocument;
}

function Differences({ comparison, from, to }: DifferencesProps) {
  const { t } = useTranslation('plans');
  const { nodes, edges, isMeasurementChanged, notes } = comparison;
  const isSame = nodes.length === 0 && edges.size === 0 && !isMeasurementChanged && notes === 0;
  return (
    <section aria-label={t('compare.list')}>
      {isSame && <p>{t('compare.same')}</p>}
      <ul className={styles.differences}>
        {nodes.map((difference) => (
          <li key={difference.node.id}>
            <Line difference={difference} />
          </li>
        ))}
      </ul>
      {edges.size > 0 && <p className={styles.about}>{t('compare.edges', { count: edges.size })}</p>}
      {notes > 0 && <p className={styles.about}>{t('compare.notes', { count: notes })}</p>}
      {isMeasurementChanged && <MeasurementChanges from={from.measurement} to={to.measurement} />}
    </section>
  );
}

function Line({ difference: { node, is, before, params } }: { difference: NodeDifference }) {
  const { t } = useTranslation(['canvas', 'plans']);
  const editor = useEditor();
  const words = useNodeWords();
  const language = useLanguage();
  const isSelected = useEditorState(({ session }) => session.selection.nodes.includes(node.id));
  const manifest = editor.catalog.find(node.kind);
  const texts: Readonly<Record<string, ParamTexts>> = manifest?.texts[language].params ?? {};
  const wordsOf = (one: GraphNode) => words.stateOf(one) + words.summaryOf(one);
  const labels = params.map((name) => texts[name]?.label ?? name);
  return (
    <button
      type="button"
      className={styles.line}
      aria-current={isSelected ? 'true' : undefined}
      onClick={() => editor.run('reveal', { node: node.id })}
    >
      <NodeIcon name={manifest?.icon} />
      <span className={styles.name}>{words.titleOf(node)}</span>
      <span className={styles.is} data-is={is}>
        {t(`marks.${is}`)}
      </span>
      {labels.length > 0 && <span className={styles.about}>{labels.join(t('plans:compare.comma'))}</span>}
      {before && <Became was={wordsOf(before)} is={wordsOf(node)} />}
    </button>
  );
}

/** What the node did and what it does now, in the words of its card; nothing where those are the same. */
function Became({ was, is }: { was: string; is: string }) {
  if (was === is) return null;
  return (
    <span className={styles.became}>
      <del>{was}</del> <ins>{is}</ins>
    </span>
  );
}
