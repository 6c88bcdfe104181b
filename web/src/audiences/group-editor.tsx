import { FolderAddOutlined } from '@ant-design/icons';
import type { Condition } from '@sluice/shared/condition';
import { Button, Select } from 'antd';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { RemoveButton } from '../ui/remove-button.tsx';
import { AddPart } from './add-part.tsx';
import { AttributePart } from './attribute-part.tsx';
import { AudiencePart } from './audience-part.tsx';
import {
  duplicatePart,
  GROUP_KINDS,
  type Group,
  pointerOf,
  readGroup,
  wrapPart,
  writeGroup,
} from './condition-group.ts';
import { DatasetPart } from './dataset-part.tsx';
import { useEditorFacts } from './editor-context.ts';
import { EventPart } from './event-part.tsx';
import styles from './group-editor.module.css';
import { PartActions, PartContext } from './part-actions.tsx';
import { PartHandle } from './part-handle.tsx';
import { isSame, type PartPath } from './rearrange.ts';
import { RecentParts } from './recent-parts.tsx';
import { useRearranging } from './use-rearranging.ts';

interface GroupEditorProps {
  group: Group;
  /** JSON pointer of this group in the whole condition. */
  at: string;
  path: PartPath;
  onChange: (group: Group) => void;
  /** Absent for the outermost group, which stays. */
  onRemove?: () => void;
}

/** Parts that join by all, any, none or not all; a part may be a group again. */
export function GroupEditor({ group, at, path, onChange, onRemove }: GroupEditorProps) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const setPart = (index: number, part: Condition) =>
    onChange({ ...group, of: group.of.map((old, place) => (place === index ? part : old)) });
  const removePart = (index: number) => onChange({ ...group, of: group.of.filter((_part, place) => place !== index) });
  const addPart = (part: Condition) => onChange({ ...group, of: [...group.of, part] });
  const rearranging = useRearranging();
  const aimAt = (index: number) => (event: DragEvent) => {
    if (!rearranging?.dragged) return;
    event.preventDefault();
    event.stopPropagation();
    rearranging.aim([...path, index + (isLowerHalf(event) ? 1 : 0)]);
  };
  const aimAtEnd = (event: DragEvent) => {
    if (!rearranging?.dragged) return;
    event.preventDefault();
    event.stopPropagation();
    rearranging.aim([...path, group.of.length]);
  };
  const isTarget = (index: number) => rearranging?.target && isSame(rearranging.target, [...path, index]);
  const isEveryone = group.of.length === 0 && !onRemove && group.kind === 'all';
  return (
    <fieldset className={styles.group} data-nested={onRemove !== undefined} disabled={isDisabled}>
      <legend className="visually-hidden">{t('group')}</legend>
      <div className={styles.head}>
        {onRemove && <PartHandle name={t('group')} />}
        {isEveryone ? (
          <span className={styles.everyone}>{t('everyone')}</span>
        ) : (
          <Select
            aria-label={t('join')}
            className={styles.kind ?? ''}
            value={group.kind}
            disabled={isDisabled}
            options={GROUP_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            onChange={(kind) => onChange({ ...group, kind })}
          />
        )}
        {onRemove && (
          <span className={styles.actions}>
            <PartActions name={t('group')} />
            <RemoveButton label={t('removeGroup', { parts: group.of.length })} onClick={onRemove} />
          </span>
        )}
      </div>
      {group.of.length > 0 && (
        <ol className={styles.parts}>
          {group.of.map((part, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
            <li
              key={index}
              className={styles.item}
              data-drop={
                isTarget(index) ? 'ahead' : isTarget(index + 1) && index === group.of.length - 1 ? 'behind' : undefined
              }
              data-dragged={rearranging?.dragged && isSame(rearranging.dragged, [...path, index])}
              onDragOver={aimAt(index)}
            >
              <PartContext
                value={{
                  path: [...path, index],
                  duplicate: () => onChange(duplicatePart(group, index)),
                  wrap: () => onChange(wrapPart(group, index)),
                }}
              >
                <Part
                  part={part}
                  at={pointerOf(group, at, index)}
                  path={[...path, index]}
                  onChange={(next) => setPart(index, next)}
                  onRemove={() => removePart(index)}
                />
              </PartContext>
            </li>
          ))}
        </ol>
      )}
      {!isDisabled && (
        <div
          className={styles.add}
          data-drop={group.of.length === 0 && isTarget(0) ? 'ahead' : undefined}
          onDragOver={aimAtEnd}
        >
          <AddPart onAdd={addPart} />
          <Button
            type="text"
            icon={<FolderAddOutlined aria-hidden />}
            onClick={() => addPart({ op: group.kind === 'any' ? 'all' : 'any', of: [] })}
          >
            {t('addGroup')}
          </Button>
        </div>
      )}
      {!isDisabled && !onRemove && <RecentParts group={group} onAdd={addPart} />}
    </fieldset>
  );
}

function isLowerHalf({ currentTarget, clientY }: DragEvent): boolean {
  const { top, height } = currentTarget.getBoundingClientRect();
  return clientY > top + height / 2;
}

interface PartProps {
  part: Condition;
  at: string;
  path: PartPath;
  onChange: (part: Condition) => void;
  onRemove: () => void;
}

function Part({ part, at, path, onChange, onRemove }: PartProps) {
  if (part.op === 'attribute') return <AttributePart leaf={part} at={at} onChange={onChange} onRemove={onRemove} />;
  if (part.op === 'event') return <EventPart leaf={part} at={at} onChange={onChange} onRemove={onRemove} />;
  if (part.op === 'dataset') return <DatasetPart leaf={part} at={at} onChange={onChange} onRemove={onRemove} />;
  if (part.op === 'audience') return <AudiencePart leaf={part} at={at} onChange={onChange} onRemove={onRemove} />;
  const group = readGroup(part);
  if (!group) return null;
  return (
    <GroupEditor
      group={group}
      at={at}
      path={path}
      onChange={(next) => onChange(writeGroup(next))}
      onRemove={onRemove}
    />
  );
}
