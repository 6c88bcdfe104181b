import { useTranslation } from 'react-i18next';
import styles from './field-problem.module.css';
import type { MappingProblem } from './mapping-draft.ts';

export function FieldProblem({ problem }: { problem: MappingProblem | undefined }) {
  const { t } = useTranslation('data');
  if (!problem) return null;
  return (
    <p className={styles.problem} role="alert">
      {t(`mapping.problems.${problem}`)}
    </p>
  );
}
