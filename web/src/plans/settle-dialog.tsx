import { Button, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CanvasMarks } from '../canvas/canvas-marks.ts';
import { compareDocuments } from '../editor/compare.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { type Choice, type Choices, type Clash, mergeDocuments } from '../editor/merge.ts';
import type { SaveState } from '../editor/remote.ts';
import { ClashChoice } from './clash-choice.tsx';
import { MarkedDrawing } from './marked-drawing.tsx';
import styles from './settle-dialog.module.css';
import { createId } from './use-draft-editor.ts';

interface SettleDialogProps {
  conflict: Extract<SaveState, { kind: 'conflict' }>;
  mine: FlowDocument;
  /** How the other person is called. */
  by: string;
  onSettle: (choices: Choices) => void;
  onClose: () => void;
}

/**
 * Two versions of a draft side by side where they cannot be merged: one drawing of both, and for each place what the one
 * and the other says. What only one side changed is merged anyway and not asked about.
 */
export function SettleDialog({ conflict: { base, theirs }, mine, by, onSettle, onClose }: SettleDialogProps) {
  const { t } = useTranslation('plans');
  const [choices, setChoices] = useState<Choices>({});
  // As it was when the dialog opened: the list must not change under the person who reads it.
  const [sides] = useState({ base, mine, theirs: theirs.document });
  const clashes = useMemo(() => mergeDocuments(sides, {}, createId).clashes, [sides]);
  const comparison = useMemo(() => compareDocuments(sides.theirs, sides.mine), [sides]);
  const marks = useMemo((): CanvasMarks => {
    const nodes = clashes.flatMap((clash) => (clash.of === 'node' ? [[clash.id, 'changed'] as const] : []));
    return { nodes: new Map(nodes), edges: new Map() };
  }, [clashes]);
  const all = (choice: Choice) => setChoices(Object.fromEntries(clashes.map(({ key }) => [key, choice])));
  const open = clashes.filter(({ key }) => choices[key] === undefined).length;
  return (
    <Modal
      open
      centered
      width="min(1600px, 96vw)"
      title={t('conflict.dialog', { by, count: clashes.length })}
      onCancel={onClose}
      footer={
        <div className={styles.footer}>
          <Button onClick={() => all('mine')}>{t('conflict.allMine')}</Button>
          <Button onClick={() => all('theirs')}>{t('conflict.allTheirs', { by })}</Button>
          <span className={styles.open}>{open > 0 && t('conflict.open', { count: open })}</span>
          <Button onClick={onClose}>{t('conflict.later')}</Button>
          <Button type="primary" disabled={open > 0} onClick={() => onSettle(choices)}>
            {t('conflict.save')}
          </Button>
        </div>
      }
    >
      <div className={styles.drawing}>
        <MarkedDrawing document={comparison.document} marks={marks}>
          <ul className={styles.list} aria-label={t('conflict.list')}>
            {clashes.map((clash: Clash) => (
              <li key={clash.key}>
                <ClashChoice
                  clash={clash}
                  sides={sides}
                  by={by}
                  value={choices[clash.key]}
                  onChange={(choice) => setChoices({ ...choices, [clash.key]: choice })}
                />
              </li>
            ))}
          </ul>
        </MarkedDrawing>
      </div>
    </Modal>
  );
}
