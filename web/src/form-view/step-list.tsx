import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editing/editor-context.tsx';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useProblemMark } from '../editing/problems.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { OrderButtons } from '../ui/order-buttons.tsx';
import { addStep, type ChainPlace, type FormEditing, moveStep, removeStep, stepsAt } from './edit-form.ts';
import type { FlowForm, FormStep } from './flow-form.ts';
import styles from './form-view.module.css';
import { NodeFields } from './node-fields.tsx';

interface StepListProps {
  form: FlowForm;
  place: ChainPlace;
  editing: FormEditing;
  isReadOnly: boolean;
  onChange: (form: FlowForm) => void;
}

/** Steps one after the other; each opens to its settings. */
export function StepList({ form, place, editing, isReadOnly, onChange }: StepListProps) {
  const steps = stepsAt(form, place);
  const add = (index: number) =>
    isReadOnly ? null : (
      <AddStep editing={editing} onAdd={(kind) => onChange(addStep(form, place, index, kind, editing))} />
    );
  return (
    <>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step.node.id}>
            {add(index)}
            <Step
              step={step}
              isReadOnly={isReadOnly}
              onRemove={() => onChange(removeStep(form, place, index, editing))}
              {...(index > 0 && { onUp: () => onChange(moveStep(form, place, index, -1, editing)) })}
              {...(index < steps.length - 1 && { onDown: () => onChange(moveStep(form, place, index, 1, editing)) })}
            />
          </li>
        ))}
      </ol>
      {/* Nothing can follow an end. */}
      {(steps.at(-1)?.ways.length ?? 1) > 0 && add(steps.length)}
    </>
  );
}

interface StepProps {
  step: FormStep;
  isReadOnly: boolean;
  onRemove: () => void;
  onUp?: () => void;
  onDown?: () => void;
}

function Step({ step: { node, ways, ends }, isReadOnly, onRemove, onUp, onDown }: StepProps) {
  const { t } = useTranslation('form');
  const words = useNodeWords();
  const mark = useProblemMark(node.id);
  const [isOpen, setOpen] = useState(false);
  const title = words.titleOf(node);
  const isEnd = ways.length === 0;
  return (
    <div className={styles.step} data-invalid={mark?.isError ?? false}>
      <div className={styles.stepHead}>
        <button type="button" className={styles.opener} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <StepIcon kind={node.kind} />
          <strong>{title}</strong>
          <span className={styles.summary}>{words.summaryOf(node)}</span>
          {mark && <span className={styles.mark}>{t('step.problems', { count: mark.count })}</span>}
        </button>
        {!isReadOnly && (
          <OrderButtons
            names={{
              up: t('step.up', { step: title }),
              down: t('step.down', { step: title }),
              remove: t('step.remove', { step: title }),
            }}
            onUp={isEnd ? undefined : onUp}
            onDown={onDown}
            onRemove={isEnd ? undefined : onRemove}
          />
        )}
      </div>
      {isOpen && (
        <div className={styles.settings}>
          <NodeFields node={node} />
        </div>
      )}
      {Object.entries(ends).map(([port, end]) => (
        <p key={port} className={styles.end}>
          {t('step.ends', { port: words.portNameOf(node, port), end: words.summaryOf(end) || words.titleOf(end) })}
        </p>
      ))}
    </div>
  );
}

function StepIcon({ kind }: { kind: string }) {
  const manifest = useEditor().catalog.find(kind);
  return (
    <span className={styles.icon} data-category={manifest?.category ?? 'unknown'}>
      <NodeIcon name={manifest?.icon} />
    </span>
  );
}

/** Everything that has a way on and is neither trigger nor test: those have their own place in the form. */
function AddStep({ editing, onAdd }: { editing: FormEditing; onAdd: (kind: string) => void }) {
  const { t } = useTranslation(['form', 'palette']);
  const words = useNodeWords();
  const kinds = editing.catalog.kinds.filter(
    ({ trigger, experiment, strands, ports, defaults }) =>
      !trigger && !experiment && !strands && ports(defaults).length > 0,
  );
  const categories = [...new Set(kinds.map(({ category }) => category))];
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: categories.map((category) => ({
          key: category,
          type: 'group',
          label: t(`form:categories.${category}`),
          children: kinds
            .filter((kind) => kind.category === category)
            .map(({ kind, icon }) => ({ key: kind, label: words.kindTitleOf(kind), icon: <NodeIcon name={icon} /> })),
        })),
        onClick: ({ key }) => onAdd(key),
        style: { maxHeight: '50vh', overflow: 'auto' },
      }}
    >
      <Button type="dashed" size="small" className={styles.add ?? ''} icon={<PlusOutlined aria-hidden />}>
        {t('form:step.add')}
      </Button>
    </Dropdown>
  );
}
