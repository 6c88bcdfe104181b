import type { Measurement } from '@sluice/shared/graph';
import { Alert, Button, Select } from 'antd';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { UndoButtons } from '../editing/undo-buttons.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { Widgets } from '../inspector/widget.ts';
import { WIDGETS } from '../inspector/widgets/widgets.ts';
import { MeasurementSettings } from '../plans/measurement-drawer.tsx';
import { createId } from '../plans/use-draft-editor.ts';
import { changeTrigger, emptyForm, type FormEditing } from './edit-form.ts';
import type { FlowForm, FormRefusal } from './flow-form.ts';
import styles from './form-view.module.css';
import { NodeFields } from './node-fields.tsx';
import { readForm } from './read-form.ts';
import { ReadOutline } from './read-outline.tsx';
import { Strategy } from './strategy.tsx';
import { writeForm } from './write-form.ts';

/** With what a flow that is begun in the form begins. */
const FIRST_TRIGGER = 'schedule';

const PARTS = ['frequency', 'audience', 'strategy', 'evaluation'] as const;

/** The flow as a form in four parts, over the same document as the canvas: what is changed here is changed there. */
export function FormView() {
  const { t } = useTranslation('form');
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const read = useMemo(() => readForm(graphOf(document), editor.catalog), [document, editor]);
  const editing = useMemo((): FormEditing => ({ catalog: editor.catalog, createId }), [editor]);

  function save(form: FlowForm): void {
    const { name } = editor.store.getState().document;
    const graph = writeForm(form, graphOf(document), editor.catalog, createId);
    editor.run('replace-document', { document: documentOf(name, graph), name: { key: 'edit-form' } });
  }

  return (
    <section className={styles.view} aria-label={t('label')} data-keeps-focus>
      <div className={styles.page}>
        {!isReadOnly && (
          <div role="toolbar" aria-label={t('toolbar')} className={styles.tools}>
            <UndoButtons />
          </div>
        )}
        <Widgets value={WIDGETS}>
          {'form' in read ? (
            <Parts form={read.form} editing={editing} isReadOnly={isReadOnly} onChange={save} />
          ) : read.refusal.reason === 'no-trigger' && !isReadOnly ? (
            <div className={styles.begin}>
              <h2 className={styles.title}>{t('begin.title')}</h2>
              <ol className={styles.preview}>
                {PARTS.map((part) => (
                  <li key={part}>
                    <strong>{t(`parts.${part}`)}</strong>
                    <span className={styles.hint}>{t(`parts.${part}Hint`)}</span>
                  </li>
                ))}
              </ol>
              <Button type="primary" onClick={() => save(emptyForm(FIRST_TRIGGER, editing))}>
                {t('begin.button')}
              </Button>
            </div>
          ) : (
            <Refused refusal={read.refusal} />
          )}
        </Widgets>
      </div>
    </section>
  );
}

interface PartsProps {
  form: FlowForm;
  editing: FormEditing;
  isReadOnly: boolean;
  onChange: (form: FlowForm) => void;
}

function Parts({ form, editing, isReadOnly, onChange }: PartsProps) {
  const { t } = useTranslation('form');
  const kindId = useId();
  const words = useNodeWords();
  const { trigger } = form;
  const triggers = editing.catalog.kinds.filter((kind) => kind.trigger !== undefined);
  return (
    <>
      <Part number={1} title={t('parts.frequency')} hint={t('parts.frequencyHint')}>
        <div className={styles.field}>
          <label htmlFor={kindId}>{t('trigger')}</label>
          <Select<string>
            id={kindId}
            disabled={isReadOnly}
            value={trigger.kind}
            options={triggers.map(({ kind }) => ({ value: kind, label: words.kindTitleOf(kind) }))}
            onChange={(kind) => onChange(changeTrigger(form, kind, editing))}
          />
          <p className={styles.hint}>{words.descriptionOf(trigger.kind)}</p>
        </div>
        <NodeFields node={trigger} without="audience" />
      </Part>
      <Part number={2} title={t('parts.audience')} hint={t('parts.audienceHint')}>
        <NodeFields node={trigger} only="audience" />
      </Part>
      <Part number={3} title={t('parts.strategy')} hint={t('parts.strategyHint')}>
        <Strategy form={form} editing={editing} isReadOnly={isReadOnly} onChange={onChange} />
      </Part>
      <Part number={4} title={t('parts.evaluation')} hint={t('parts.evaluationHint')}>
        <Evaluation measurement={form.measurement} isReadOnly={isReadOnly} />
      </Part>
    </>
  );
}

function Evaluation({ measurement, isReadOnly }: { measurement: Measurement | undefined; isReadOnly: boolean }) {
  return (
    <div className={styles.narrow}>
      <MeasurementSettings measurement={measurement} isReadOnly={isReadOnly} />
    </div>
  );
}

function Part({
  number,
  title,
  hint,
  children,
}: {
  number: number;
  title: string;
  hint: string;
  children: React.ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <header className={styles.head}>
        <span className={styles.number} aria-hidden>
          {number}
        </span>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <p className={styles.hint}>{hint}</p>
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

/** Why the graph is no form, the way to where that can be changed, and what it says, to be read. */
function Refused({ refusal: { reason, node } }: { refusal: FormRefusal }) {
  const { t } = useTranslation('form');
  const editor = useEditor();
  const words = useNodeWords();
  const found = useEditorState(({ document }) => document.nodes[node ?? '']);
  const measurement = useEditorState(({ document }) => document.measurement);
  const title = found ? words.titleOf(found) : '';
  const trigger = useEditorState(({ document }) =>
    Object.values(document.nodes).find(({ kind }) => editor.catalog.find(kind)?.trigger !== undefined),
  );
  return (
    <>
      <Alert
        showIcon
        type="info"
        className={styles.refused ?? ''}
        title={t(reason === 'no-trigger' ? 'refused.emptyTitle' : 'refused.title')}
        description={t(`refused.${reason}`, { node: title })}
        action={
          <Button
            onClick={() => {
              editor.run('show-view', { view: 'canvas' });
              if (found) editor.run('reveal', { node: found.id });
            }}
          >
            {t(found ? 'refused.openNode' : 'refused.open', { node: title })}
          </Button>
        }
      />
      {trigger && (
        <>
          <Part number={1} title={t('parts.frequency')} hint={t('parts.frequencyHint')}>
            <NodeFields node={trigger} without="audience" isReadOnly />
          </Part>
          <Part number={2} title={t('parts.audience')} hint={t('parts.audienceHint')}>
            <NodeFields node={trigger} only="audience" isReadOnly />
          </Part>
        </>
      )}
      <Part number={3} title={t('parts.strategy')} hint={t('refused.strategyHint')}>
        <ReadOutline />
      </Part>
      <Part number={4} title={t('parts.evaluation')} hint={t('parts.evaluationHint')}>
        <Evaluation measurement={measurement} isReadOnly />
      </Part>
    </>
  );
}
