import { ApartmentOutlined, FormOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Segmented, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import type { Session } from '../editor/session.ts';

type View = Session['view'];

const ICONS = {
  canvas: <ApartmentOutlined aria-hidden />,
  outline: <UnorderedListOutlined aria-hidden />,
  form: <FormOutlined aria-hidden />,
} as const;

/** The view of the editor; the one in the address is where it begins. */
export function useViewInAddress(): View {
  const editor = useEditor();
  const [params] = useSearchParams();
  const [first] = useState(() => params.get('view'));
  useEffect(() => {
    if (first === 'form' || first === 'outline') editor.run('show-view', { view: first });
  }, [editor, first]);
  return useEditorState(({ session }) => session.view);
}

/** The same flow as a drawing, as text, or as a form. */
export function ViewChoice({ view }: { view: View }) {
  const { t } = useTranslation('form');
  const editor = useEditor();
  const [, setParams] = useSearchParams();
  return (
    <Segmented<View>
      aria-label={t('views.label')}
      value={view}
      options={(['canvas', 'outline', 'form'] as const).map((one) => ({
        value: one,
        icon: (
          <Tooltip title={t(`views.${one}`)}>
            <span role="img" aria-label={t(`views.${one}`)}>
              {ICONS[one]}
            </span>
          </Tooltip>
        ),
      }))}
      onChange={(next) => {
        editor.run('show-view', { view: next });
        setParams(
          (current) => {
            const changed = new URLSearchParams(current);
            if (next === 'canvas') changed.delete('view');
            else changed.set('view', next);
            return changed;
          },
          { replace: true },
        );
      }}
    />
  );
}
