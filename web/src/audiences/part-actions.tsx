import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditorFacts } from './editor-context.ts';
import type { PartPath } from './rearrange.ts';
import { useRearranging } from './use-rearranging.ts';

/** Where a part stands, and what can be done with it there. */
interface PartMoves {
  path: PartPath;
  duplicate(): void;
  wrap(): void;
}

/** Set by the group around a part, so that the kinds of parts need not hand it through. */
export const PartContext = createContext<PartMoves | null>(null);

const ACTIONS = ['duplicate', 'wrap', 'moveUp', 'moveDown'] as const;

/** The menu of a part. */
export function PartActions({ name }: { name: string }) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const part = useContext(PartContext);
  const rearranging = useRearranging();
  if (isDisabled || !part || !rearranging) return null;
  const { path, duplicate, wrap } = part;
  const step = (by: -1 | 1) => (rearranging.mayStep(path, by) ? () => rearranging.step(path, by) : undefined);
  const actions = { duplicate, wrap, moveUp: step(-1), moveDown: step(1) };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: ACTIONS.map((key) => ({ key, label: t(`partActions.${key}`), disabled: !actions[key] })),
        onClick: ({ key }) => actions[key as keyof typeof actions]?.(),
      }}
    >
      <Button type="text" size="small" icon={<MoreOutlined aria-hidden />} aria-label={t('partMenu', { name })} />
    </Dropdown>
  );
}
