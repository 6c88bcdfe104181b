import { UndoOutlined } from '@ant-design/icons';
import { defaultOf, EXPOSED_GROUPS, groupOf } from '@sluice/shared/flow-template';
import type { Answers, ExposedParam, Graph } from '@sluice/shared/graph';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editing/editor-context.tsx';
import { useProblems } from '../editing/problems.tsx';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { Field } from '../inspector/field.tsx';
import { ParamProblemsProvider } from '../inspector/param-problems.tsx';
import { Widgets } from '../inspector/widget.ts';
import { WIDGETS } from '../inspector/widgets/widgets.ts';
import { manifests } from '../plans/node-kinds.ts';
import { inputOf } from './exposed-schema.ts';
import styles from './exposed-form.module.css';

interface ExposedFormProps {
  /** The template. */
  graph: Graph;
  answers: Answers;
  /** What it gives with these answers. */
  made: Graph;
  /** Ids of params that were changed on the canvas since. */
  changed: readonly string[];
  onChange: (answers: Answers) => void;
}

/** What a template asks for, in the four parts of a flow and its words. */
export function ExposedForm({ graph, answers, made, changed, onChange }: ExposedFormProps) {
  const { t } = useTranslation('templates');
  const { exposed = [] } = graph;
  const groups = EXPOSED_GROUPS.map((group) => ({
    group,
    params: exposed.filter((param) => groupOf(param, graph, manifests) === group),
  })).filter(({ params }) => params.length > 0);
  if (groups.length === 0) return <p className={styles.none}>{t('use.nothing')}</p>;
  return (
    <Widgets value={WIDGETS}>
      {groups.map(({ group, params }) => (
        <section key={group} className={styles.group}>
          <h2 className={styles.title}>{t(`groups.${group}`)}</h2>
          {params.map((param) => (
            <Asked
              key={param.id}
              param={param}
              graph={graph}
              made={made}
              answers={answers}
              changed={changed}
              onChange={(value) => {
                const { [param.id]: _old, ...others } = answers;
                onChange(value === undefined ? others : { ...others, [param.id]: value });
              }}
            />
          ))}
        </section>
      ))}
    </Widgets>
  );
}

interface AskedProps extends Omit<ExposedFormProps, 'onChange'> {
  param: ExposedParam;
  onChange: (value: unknown) => void;
}

function Asked({ param, graph, made, answers, changed, onChange }: AskedProps) {
  const { t } = useTranslation('templates');
  const { catalog } = useEditor();
  const language = useLanguage();
  const problems = useProblems();
  const [place] = param.places;
  const { schema, hint, texts } = inputOf(param, graph, catalog, language);
  const isAnswered = Object.hasOwn(answers, param.id);
  const value = isAnswered ? answers[param.id] : defaultOf(param, graph);
  const node = made.nodes.find(({ id }) => id === place?.node);
  return (
    <div className={styles.asked}>
      {/* What stands within a text has no problem of its own. */}
      <ParamProblemsProvider value={problems.filter(({ node }) => place?.part === undefined && node === place?.node)}>
        <Field
          pointer={place?.pointer ?? ''}
          schema={schema}
          texts={texts}
          hint={hint}
          value={value}
          params={node?.params ?? {}}
          isDisabled={false}
          onChange={onChange}
        />
      </ParamProblemsProvider>
      {changed.includes(param.id) && <p className={styles.changed}>{t('again.changedHere')}</p>}
      {isAnswered && (
        <Tooltip title={t('use.reset')}>
          <Button
            type="text"
            size="small"
            className={styles.reset ?? ''}
            icon={<UndoOutlined aria-hidden />}
            aria-label={`${t('use.reset')}: ${texts.label}`}
            onClick={() => onChange(undefined)}
          />
        </Tooltip>
      )}
    </div>
  );
}
