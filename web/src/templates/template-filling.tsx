import { EMPTY_GRAPH, type Answers, type Graph } from '@sluice/shared/graph';
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorProvider, useEditorState } from '../editing/editor-context.tsx';
import { useProblems } from '../editing/problems.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { CheckedFlow } from '../plans/checked-flow.tsx';
import { nodeKinds } from '../plans/node-kinds.ts';
import { createId } from '../plans/use-draft-editor.ts';
import { ExposedForm } from './exposed-form.tsx';
import styles from './use-template-page.module.css';

interface TemplateFillingProps {
  /** The template. */
  graph: Graph;
  answers: Answers;
  /** What it gives with these answers. */
  made: Graph;
  /** Ids of params that were changed on the canvas since. */
  changed?: readonly string[];
  onChange: (answers: Answers) => void;
}

/**
 * What a template asks for, checked as it is filled in. The inputs of every kind of node and the checks weigh more than
 * the rest of the page, which is on the screen before them.
 */
export function TemplateFilling({ graph, answers, made, changed = [], onChange }: TemplateFillingProps) {
  const [editor] = useState(() =>
    createEditor({ document: documentOf('', EMPTY_GRAPH), catalog: nodeKinds, createId, isReadOnly: true }),
  );
  // What is checked follows the form; nobody edits it, so there is nothing to undo.
  useEffect(() => editor.store.setState({ document: documentOf('', made) }), [editor, made]);
  return (
    <EditorProvider editor={editor}>
      <CheckedFlow>
        <div className={styles.asked}>
          <ExposedForm graph={graph} answers={answers} made={made} changed={changed} onChange={onChange} />
        </div>
        <div className={styles.rest}>
          <Rest />
        </div>
      </CheckedFlow>
    </EditorProvider>
  );
}

/** The errors that are left; those of a field stand at the field, too. */
function Rest() {
  const { t } = useTranslation('templates');
  const words = useNodeWords();
  const nodes = useEditorState(({ document }) => document.nodes);
  const errors = useProblems().filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return null;
  return (
    <Alert
      showIcon
      type="warning"
      title={t('use.problems', { count: errors.length })}
      description={
        <ul className={styles.problems}>
          {errors.map(({ text, node, param }) => (
            <li key={`${node}${param}${text}`}>
              {nodes[node ?? ''] && `${words.titleOf(nodes[node ?? ''])} · `}
              {text}
            </li>
          ))}
        </ul>
      }
    />
  );
}
