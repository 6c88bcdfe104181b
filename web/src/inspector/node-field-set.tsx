import type { GraphNode } from '@sluice/shared/graph';
import type { AnyManifest } from '@sluice/shared/node-contract';
import { useEditor } from '../editing/editor-context.tsx';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { FieldSet } from './field-set.tsx';
import type { ParamSchema } from './param-schema.ts';

interface NodeFieldSetProps {
  node: GraphNode;
  manifest: AnyManifest;
  /** Of all params or some. */
  schema: ParamSchema;
  isDisabled: boolean;
}

/** The params of a node as fields; each change is a command. */
export function NodeFieldSet({ node, manifest, schema, isDisabled }: NodeFieldSetProps) {
  const editor = useEditor();
  const language = useLanguage();
  return (
    <FieldSet
      schema={schema}
      texts={manifest.texts[language].params}
      hints={manifest.hints ?? {}}
      values={node.params}
      params={node.params}
      defaults={manifest.defaults as Readonly<Record<string, unknown>>}
      pointer=""
      isDisabled={isDisabled}
      onChange={(param, value) => editor.run('set-param', { node: node.id, param, value })}
    />
  );
}
