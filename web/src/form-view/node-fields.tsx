import type { GraphNode } from '@sluice/shared/graph';
import { ConfigProvider, theme } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useNodeProblems } from '../editing/problems.tsx';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { FieldSet } from '../inspector/field-set.tsx';
import { ParamProblemsProvider } from '../inspector/param-problems.tsx';
import type { ParamSchema } from '../inspector/param-schema.ts';
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
  const language = useLanguage();
  const problems = useNodeProblems(node.id);
  const isLocked = useEditorState(({ session }) => session.isReadOnly) || isReadOnly;
  const { token } = theme.useToken();
  const manifest = editor.catalog.find(node.kind);
  if (!manifest) return null;
  const { hints = {}, texts } = manifest;
  const schema = manifest.params as ParamSchema;
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) =>
    only === undefined ? name !== without : name === only,
  );
  if (fields.length === 0) return <p className={styles.hint}>{t('noParams')}</p>;
  return (
    <ParamProblemsProvider value={problems}>
      {/* What may only be read must be legible: it is not off, it is said here. */}
      <ConfigProvider theme={isLocked ? { token: { colorTextDisabled: token.colorText } } : {}}>
        <FieldSet
          schema={{ ...schema, properties: Object.fromEntries(fields) }}
          texts={texts[language].params}
          hints={hints}
          values={node.params}
          params={node.params}
          defaults={manifest.defaults as Readonly<Record<string, unknown>>}
          pointer=""
          isDisabled={isLocked}
          onChange={(param, value) => editor.run('set-param', { node: node.id, param, value })}
        />
      </ConfigProvider>
    </ParamProblemsProvider>
  );
}
