import { checkCondition, type Condition, describeCondition } from '@sluice/shared/condition';
import { type DragEvent, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/locale-provider.tsx';
import styles from './condition-editor.module.css';
import { asksAboutRun, type Group, isIncompleteness, toGroup, writeGroup } from './condition-group.ts';
import { EditorContext } from './editor-context.ts';
import { GroupEditor } from './group-editor.tsx';
import { LiveCount } from './live-count.tsx';
import { Narrowing } from './narrowing.tsx';
import { RearrangingContext, useRearrangingOf } from './use-rearranging.ts';
import { isWholeList, useNameReading } from './use-audience-names.ts';
import { useDictionary } from './use-dictionary.ts';

const OUTERMOST = [] as const;

interface ConditionEditorProps {
  value: Condition;
  onChange: (condition: Condition) => void;
  isDisabled?: boolean;
  /** The condition is asked of runs, not of an audience: events "since entering this flow" may be counted. */
  isInRun?: boolean;
  /** The audience whose condition this is. */
  ownId?: string;
}

/** Builds a condition by picking; says it as a sentence and, where no run is needed, counts whom it meets. */
export function ConditionEditor({ value, onChange, isDisabled = false, isInRun = false, ownId }: ConditionEditorProps) {
  const { t } = useTranslation('audiences');
  const language = useLanguage();
  const names = useDictionary();
  const reading = useNameReading();
  const group = useMemo(() => toGroup(value), [value]);
  const condition = useMemo(() => writeGroup(group), [group]);
  const problems = useMemo(
    () =>
      checkCondition(
        condition,
        {
          attributes: new Map([...names.attributes].map(([name, { type }]) => [name, type])),
          deletedAttributes: names.deleted,
          events: new Set(names.events.keys()),
          properties: new Map(
            [...names.events]
              .filter(([, { properties }]) => Object.keys(properties).length > 0)
              .map(([name, { properties }]) => [name, new Map(Object.entries(properties))]),
          ),
          ...(names.datasets.size > 0 && {
            datasets: new Map(
              [...names.datasets].map(([name, { columns }]) => [
                name,
                new Map(columns.map((column) => [column.name, column.type])),
              ]),
            ),
          }),
          ...(names.audiences.size > 0 && isWholeList(names.audiences) && { audiences: names.audiences }),
        },
        { isInRun },
      ),
    [condition, names, isInRun],
  );
  const facts = useMemo(
    () => ({ names, problems, isDisabled, isInRun, ownId }),
    [names, problems, isDisabled, isInRun, ownId],
  );
  const change = useCallback((next: Group) => onChange(writeGroup(next)), [onChange]);
  const [moved, setMoved] = useState<{ place: number; of: number }>();
  const { root, rearranging } = useRearrangingOf(group, change, setMoved);
  const drop = (event: DragEvent) => {
    if (!rearranging.dragged) return;
    event.preventDefault();
    rearranging.drop();
  };
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (rearranging.dragged && !currentTarget.contains(relatedTarget as Node | null))
      rearranging.aim(rearranging.dragged);
  };
  const errors = problems.filter(({ severity }) => severity === 'error');
  const isComplete = errors.length === 0;
  const isWrong = errors.some(({ code }) => !isIncompleteness(code));
  const gap = isWrong ? 'wrong' : isComplete ? undefined : 'incomplete';
  return (
    <EditorContext value={facts}>
      <div className={styles.frame}>
        <div className={styles.editor}>
          <RearrangingContext value={rearranging}>
            <div ref={root} onDrop={drop} onDragLeave={leave}>
              <GroupEditor group={group} at="" path={OUTERMOST} onChange={change} />
              <span className="visually-hidden" role="status">
                {moved && t('moved', moved)}
              </span>
            </div>
          </RearrangingContext>
          <div className={styles.outcome}>
            <p className={styles.sentence}>
              <span className={styles.label}>{t('reads')}</span> {describeCondition(condition, language, reading)}
            </p>
            {!asksAboutRun(condition) && <LiveCount condition={condition} gap={gap} />}
            {!asksAboutRun(condition) && isComplete && <Narrowing group={group} />}
          </div>
        </div>
      </div>
    </EditorContext>
  );
}
