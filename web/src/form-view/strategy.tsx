import { DeleteOutlined, ExperimentOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNodeWords } from '../editing/use-node-words.ts';
import { portsOf } from '../editor/catalog.ts';
import { addTest, type FormEditing, removeTest } from './edit-form.ts';
import type { FlowForm } from './flow-form.ts';
import styles from './form-view.module.css';
import { NodeFields } from './node-fields.tsx';
import { StepList } from './step-list.tsx';

/** The test that a form adds; others come from the canvas. */
const TEST_KIND = 'ab-split';

interface StrategyProps {
  form: FlowForm;
  editing: FormEditing;
  isReadOnly: boolean;
  onChange: (form: FlowForm) => void;
}

/** What is done, step by step; with a test, for each of its arms. */
export function Strategy({ form, editing, isReadOnly, onChange }: StrategyProps) {
  const { t } = useTranslation('form');
  const words = useNodeWords();
  const { split, after } = form;
  const list = { form, editing, isReadOnly, onChange };
  return (
    <>
      {(form.before.length > 0 || !split) && <StepList {...list} place={{ at: 'before' }} />}
      {split ? (
        <div className={styles.test}>
          <div className={styles.testHead}>
            <h3>{words.titleOf(split.node)}</h3>
            {!isReadOnly && (
              <Button
                type="text"
                danger
                icon={<DeleteOutlined aria-hidden />}
                onClick={() => onChange(removeTest(form, editing))}
              >
                {t('test.remove')}
              </Button>
            )}
          </div>
          <NodeFields node={split.node} />
          <div className={styles.arms}>
            {split.arms.map(({ port, meets }) => {
              const spec = portsOf(editing.catalog, split.node).find(({ id }) => id === port);
              return (
                <section key={port} className={styles.arm}>
                  <h4>{spec ? words.portLabelOf(split.node, spec) : port}</h4>
                  <StepList {...list} place={{ at: 'arm', port }} />
                  {meets && <p className={styles.hint}>{t('test.goesOn')}</p>}
                </section>
              );
            })}
          </div>
          {after.length > 0 && (
            <>
              <h3>{t('test.after')}</h3>
              <StepList {...list} place={{ at: 'after' }} />
            </>
          )}
        </div>
      ) : (
        !isReadOnly && (
          <Button icon={<ExperimentOutlined aria-hidden />} onClick={() => onChange(addTest(form, TEST_KIND, editing))}>
            {t('test.add')}
          </Button>
        )
      )}
    </>
  );
}
