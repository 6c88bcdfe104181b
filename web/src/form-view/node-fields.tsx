import type { GraphNode } from '@sluice/shared/graph';
import { ConfigProvider, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeProblems } from '../editing/problems.tsx';
import { NodeFieldSet } from '../inspector/node-field-set.tsx';
import { ParamProblemsProvider } from '../inspector/param-problems.tsx';
import { type ParamSchema, pickFields } from '../inspector/param-schema.ts';
import styles from './form-view.module.css';

interface NodeFieldsProps {
  node: GraphNode;
  /** One param alone, or all but one. */
  only?: string;
  without?: string;
  isReadOnly?: boolean;
}

/** Settings of a node, as the inspector has them. */
export function NodeFields({ node, only, without, isReadOnly = false }: NodeFieldsProps) {
  const { t } = useTranslation('inspector');
  const editor = useEditor();
  const problems = useNodeProblems(node.id);
  const isLocked = useEditorState(({ session }) => session.isReadOnly) || isReadOnly;
  const { token } = theme.useToken();
  const manifest = editor.catalog.find(node.kind);
  if (!manifest) return null;
  const schema = pickFields(manifest.params as ParamSchema, (name) =>
    only === undefined ? name !== without : name === only,
  );
  if (Object.keys(schema.properties ?? {}).length === 0) return <p className={styles.hint}>{t('noParams')}</p>;
  return (
    <ParamProblemsProvider value={problems}>
      {/* What may only be read must be legible: it is not off, it is said here. */}
      <ConfigProvider theme={isLocked ? { token: { colorTextDisabled: token.colorText } } : {}}>
        <NodeFieldSet node={node} manifest={manifest} schema={schema} isDisabled={isLocked} />
      </ConfigProvider>
    </ParamProblemsProvider>
  );
}
