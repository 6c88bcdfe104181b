import { EVERYONE, type Condition } from '@sluice/shared/condition';
import { ConditionEditor } from '../../audiences/condition-editor.tsx';
import { useEditor, useEditorState } from '../../editing/editor-context.tsx';
import { isTrigger } from '../../editor/catalog.ts';
import type { WidgetProps } from '../widget.ts';

/** Who or what is meant, in the one condition language. Behind a trigger it is asked of people who are in the flow. */
export function ConditionWidget({ value, isDisabled, onChange }: WidgetProps) {
  const { catalog } = useEditor();
  const isInRun = useEditorState(({ document, session }) => {
    const node = document.nodes[session.inspected ?? ''];
    return node !== undefined && !isTrigger(catalog, node);
  });
  const condition = (value as Condition | undefined) ?? EVERYONE;
  return <ConditionEditor value={condition} isDisabled={isDisabled} isInRun={isInRun} onChange={onChange} />;
}
