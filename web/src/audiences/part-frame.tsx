import { describeConditionProblem } from '@sluice/shared/condition';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { RemoveButton } from '../ui/remove-button.tsx';
import { isIncompleteness } from './condition-group.ts';
import { useEditorFacts } from './editor-context.ts';
import { PartActions } from './part-actions.tsx';
import { PartHandle } from './part-handle.tsx';
import styles from './part-frame.module.css';

interface PartFrameProps {
  /** What the part asks about, for the remove button. */
  name: string;
  at: string;
  children: ReactNode;
  onRemove: () => void;
}

/** One part with its remove button and what is wrong with it. What is merely not filled in yet is not called wrong. */
export function PartFrame({ name, at, children, onRemove }: PartFrameProps) {
  const { t } = useTranslation('audiences');
  const language = useLanguage();
  const { problems, isDisabled } = useEditorFacts();
  const own = problems.filter(
    ({ code, param }) => !isIncompleteness(code) && (param === at || param?.startsWith(`${at}/`)),
  );
  return (
    <div className={styles.part} role="group" aria-label={name}>
      <div className={styles.line}>
        <PartHandle name={name} />
        <div className={styles.fields}>{children}</div>
        <PartActions name={name} />
        {!isDisabled && <RemoveButton label={t('removePart', { name })} onClick={onRemove} />}
      </div>
      {own.map((problem) => (
        <p key={`${problem.code} ${problem.param}`} className={styles.problem} data-severity={problem.severity}>
          {describeConditionProblem(problem, language) ?? problem.code}
        </p>
      ))}
    </div>
  );
}
