import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditorFacts } from './editor-context.ts';

/** What can be done with a part in its group; what is absent cannot be done there. */
interface PartMoves {
  duplicate(): void;
  wrap(): void;
  moveUp?: () => void;
  moveDown?: () => void;
}

/** Set by the group around a part, so that the kinds of parts need not hand it through. */
export const PartContext = createContext<PartMoves | null>(null);

const MOVES = ['duplicate', 'wrap', 'moveUp', 'moveDown'] as const;

/** The menu of a part: all that a pointer would do by dragging, by keyboard too. */
export function PartActions({ name }: { name: string }) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const moves = useContext(PartContext);
  if (isDisabled || !moves) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: MOVES.map((key) => ({ key, label: t(`partActions.${key}`), disabled: !moves[key] })),
        onClick: ({ key }) => MOVES.filter((move) => move === key).forEach((move) => moves[move]?.()),
      }}
    >
      <Button type="text" size="small" icon={<MoreOutlined aria-hidden />} aria-label={t('partMenu', { name })} />
    </Dropdown>
  );
}
