import { PushpinFilled, PushpinOutlined } from '@ant-design/icons';
import type { ExposedParam } from '@sluice/shared/graph';
import { LOCALES } from '@sluice/shared/model';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import type { ExposedMark } from '../inspector/expose-context.ts';

/** Marks a setting of a node as one that the template asks for. */
export function ExposeToggle({ node, pointer, label }: ExposedMark) {
  const { t } = useTranslation('templates');
  const editor = useEditor();
  const exposed = useEditorState(({ document }) => document.exposed) ?? [];
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const mayExpose = useHasRole('administrator', 'developer');
  if (!mayExpose || isReadOnly) return null;
  const isPlace = (param: ExposedParam) =>
    param.places.some((place) => place.node === node && place.pointer === pointer && place.part === undefined);
  const isExposed = exposed.some(isPlace);

  function toggle(): void {
    const others = exposed.filter((param) => !isPlace(param));
    const param = (): ExposedParam => ({
      id: freshId(pointer, others),
      places: [{ node, pointer }],
      // In the language on the screen; the other one is written where the template is saved.
      label: Object.fromEntries(LOCALES.map((locale) => [locale, label.slice(0, 80)])) as ExposedParam['label'],
    });
    editor.run('set-exposed', { exposed: isExposed ? others : [...exposed, param()], field: pointer });
    editor.run('end-gesture');
  }

  const words = t(isExposed ? 'expose.asked' : 'expose.ask', { label });
  return (
    <Tooltip title={words}>
      <Button
        type="text"
        size="small"
        aria-label={words}
        aria-pressed={isExposed}
        icon={isExposed ? <PushpinFilled aria-hidden /> : <PushpinOutlined aria-hidden />}
        onClick={toggle}
      />
    </Tooltip>
  );
}

/** `/durationMs` is asked for as `duration-ms`; the second of that name gets a number. */
function freshId(pointer: string, others: readonly ExposedParam[]): string {
  const words = pointer.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  const stem = `p${words.replace(/[^a-z0-9]+/g, '-')}`.replace(/^p-(?=[a-z])/, '').slice(0, 36);
  const taken = new Set(others.map(({ id }) => id));
  let id = stem;
  for (let next = 2; taken.has(id); next += 1) id = `${stem}-${next}`;
  return id;
}
