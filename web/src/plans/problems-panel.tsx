import { CloseCircleOutlined, CloseOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { type ReadableProblem, useKnowledgeOfProblems, useProblems } from '../editing/problems.tsx';
import { distinctTitles } from '../editing/distinct-titles.ts';
import { useNodeWords } from '../editing/use-node-words.ts';
import styles from './problems-panel.module.css';

/** Every problem with the place it is about; one click leads there. */
export function ProblemsPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('plans');
  return (
    <section className={styles.panel} aria-label={t('problems.title')}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('problems.title')}</h2>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('problems.close')}
          onClick={onClose}
        />
      </header>
      <ProblemList />
    </section>
  );
}

/** The list by itself, errors first. */
export function ProblemList({ only, onGo }: { only?: 'error' | 'warning'; onGo?: () => void }) {
  const { t } = useTranslation('plans');
  const problems = useProblems().filter(({ severity }) => only === undefined || severity === only);
  const knowledge = useKnowledgeOfProblems();
  const nodes = useEditorState(({ document }) => document.nodes);
  const titles = distinctTitles(Object.values(nodes), useNodeWords());
  const ordered = problems.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  if (ordered.length === 0) return <p className={styles.none}>{t(`problems.none.${knowledge}`)}</p>;
  return (
    <ul className={styles.list}>
      {ordered.map((problem) => (
        <li key={`${problem.code}/${problem.node ?? ''}/${problem.edge ?? ''}/${problem.param ?? ''}/${problem.text}`}>
          <ProblemLine problem={problem} titles={titles} onGo={onGo} />
        </li>
      ))}
    </ul>
  );
}

interface ProblemLineProps {
  problem: ReadableProblem;
  titles: ReadonlyMap<string, string>;
  onGo: (() => void) | undefined;
}

function ProblemLine({ problem, titles, onGo }: ProblemLineProps) {
  const { t } = useTranslation('plans');
  const editor = useEditor();
  const edge = useEditorState(({ document }) => document.edges[problem.edge ?? '']);
  const node = useEditorState(({ document }) => document.nodes[problem.node ?? edge?.from ?? '']);
  const title = node ? titles.get(node.id) : t('problems.flow');

  function go(): void {
    onGo?.();
    if (problem.node !== undefined)
      editor.run('inspect', { node: problem.node, ...(problem.param !== undefined && { param: problem.param }) });
    else if (edge) editor.run('select', { selection: { nodes: [], edges: [edge.id] } });
  }

  return (
    <button
      type="button"
      className={styles.line}
      data-severity={problem.severity}
      disabled={!node && !edge}
      aria-label={t('problems.open', { node: title, text: problem.text })}
      onClick={go}
    >
      <span className={styles.icon} aria-hidden>
        {problem.severity === 'error' ? <CloseCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />}
      </span>
      <span className={styles.node}>{title}</span>
      <span className={styles.text}>{problem.text}</span>
    </button>
  );
}
