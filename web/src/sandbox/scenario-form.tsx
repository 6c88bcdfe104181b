import type { Graph, GraphNode } from '@sluice/shared/graph';
import type { Scenario } from '@sluice/shared/http-api';
import { Checkbox, Collapse, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDistinctTitles } from '../editing/distinct-titles.ts';
import type { NodeWords } from '../editing/use-node-words.ts';
import type { NodeCatalog } from '../editor/catalog.ts';
import { EventFields } from './event-fields.tsx';
import { HappeningsForm } from './happenings-form.tsx';
import { MocksForm } from './mocks-form.tsx';
import styles from './sandbox.module.css';
import { callersOf, planOf, startEventOf, triggersOf } from './scenario-draft.ts';
import { StartField } from './start-field.tsx';
import { SubjectForm } from './subject-form.tsx';
import { ValuesEditor } from './values-editor.tsx';

interface ScenarioFormProps {
  graph: Graph;
  catalog: NodeCatalog;
  words: NodeWords;
  value: Scenario;
  onChange: (scenario: Scenario) => void;
}

/** Everything a dry run depends on, from who goes through the flow to how others answer. */
export function ScenarioForm({ graph, catalog, words, value, onChange }: ScenarioFormProps) {
  const { t } = useTranslation('sandbox');
  const triggers = triggersOf(graph, catalog);
  const trigger = triggers.find(({ id }) => id === value.trigger) ?? triggers[0];
  const callers = callersOf(graph, catalog);
  const splits = graph.nodes.filter((node) => catalog.find(node.kind)?.experiment && isDealt(node));
  const sections = [
    {
      key: 'who',
      label: t('sections.who'),
      children: <SubjectForm value={value.subject} onChange={(subject) => onChange({ ...value, subject })} />,
    },
    {
      key: 'start',
      label: t('sections.start'),
      children: <StartForm {...{ triggers, trigger, catalog, words, value, onChange }} />,
    },
    {
      key: 'happens',
      label: count(t('sections.happens'), value.happenings.length),
      children: (
        <HappeningsForm value={value.happenings} onChange={(happenings) => onChange({ ...value, happenings })} />
      ),
    },
    ...(callers.length > 0
      ? [
          {
            key: 'mocks',
            label: t('sections.mocks'),
            children: (
              <MocksForm
                nodes={callers}
                catalog={catalog}
                words={words}
                value={value.mocks}
                onChange={(mocks) => onChange({ ...value, mocks })}
              />
            ),
          },
        ]
      : []),
    ...(splits.length > 0
      ? [
          {
            key: 'arms',
            label: count(t('sections.arms'), Object.keys(value.arms).length),
            children: <ArmsForm {...{ splits, catalog, words, value, onChange }} />,
          },
        ]
      : []),
  ].map((section) => ({ ...section, classNames: { body: styles.sectionBody ?? '' } }));
  return (
    <Collapse
      ghost
      size="small"
      className={styles.sections ?? ''}
      defaultActiveKey={['who', 'start', 'happens', 'mocks']}
      items={sections}
    />
  );
}

/** By chance: elsewhere an attribute decides, and is to be set instead. */
function isDealt({ params }: GraphNode): boolean {
  const { variants } = params;
  return (
    Array.isArray(variants) &&
    variants.every((one: unknown) => typeof (one as { weight?: unknown }).weight === 'number')
  );
}

function count(label: string, number: number): string {
  return number > 0 ? `${label} · ${number}` : label;
}

interface StartFormProps {
  triggers: readonly GraphNode[];
  trigger: GraphNode | undefined;
  catalog: NodeCatalog;
  words: NodeWords;
  value: Scenario;
  onChange: (scenario: Scenario) => void;
}

function StartForm({ triggers, trigger, catalog, words, value, onChange }: StartFormProps) {
  const { t } = useTranslation('sandbox');
  const titleOf = useDistinctTitles(triggers, words);
  const start = trigger && planOf(trigger, catalog)?.start;
  const choose = (id: string) => {
    const node = triggers.find((one) => one.id === id);
    const { event: _old, ...rest } = value;
    if (node) onChange({ ...rest, trigger: id, ...startEventOf(node, catalog) });
  };
  return (
    <>
      {triggers.length > 1 && (
        <Select<string>
          className={styles.wide ?? ''}
          aria-label={t('start.trigger')}
          value={trigger?.id ?? null}
          options={triggers.map((node) => ({ value: node.id, label: titleOf(node.id) }))}
          onChange={choose}
        />
      )}
      <StartField value={value.startAt} onChange={(startAt) => onChange({ ...value, startAt })} />
      {start?.kind === 'event' && (
        <EventFields
          value={{ name: value.event?.name ?? start.event, properties: value.event?.properties ?? {} }}
          onChange={(event) => onChange({ ...value, event })}
        />
      )}
      {start?.kind === 'call' && (
        <ValuesEditor
          values={value.event?.properties ?? {}}
          names={new Map()}
          addLabel={t('start.addData')}
          onChange={(properties) => onChange({ ...value, event: { properties } })}
        />
      )}
      <Checkbox checked={value.isForced} onChange={(event) => onChange({ ...value, isForced: event.target.checked })}>
        {t('start.force')}
      </Checkbox>
    </>
  );
}

interface ArmsFormProps {
  splits: readonly GraphNode[];
  catalog: NodeCatalog;
  words: NodeWords;
  value: Scenario;
  onChange: (scenario: Scenario) => void;
}

const BY_HASH = '';

function ArmsForm({ splits, catalog, words, value, onChange }: ArmsFormProps) {
  const { t } = useTranslation('sandbox');
  const titleOf = useDistinctTitles(splits, words);
  const set = (node: string, arm: string) => {
    const { [node]: _old, ...others } = value.arms;
    onChange({ ...value, arms: arm === BY_HASH ? others : { ...others, [node]: arm } });
  };
  return (
    <div className={styles.rows}>
      {splits.map((node) => (
        <div key={node.id} className={styles.row}>
          <span className={styles.name}>{titleOf(node.id)}</span>
          <Select<string>
            className={styles.grow ?? ''}
            aria-label={t('arms.of', { node: titleOf(node.id) })}
            value={value.arms[node.id] ?? BY_HASH}
            options={[
              { value: BY_HASH, label: t('arms.byHash') },
              ...(catalog.find(node.kind)?.experiment?.(node.params) ?? []).map(({ key, name }) => ({
                value: key,
                label: name || key,
              })),
            ]}
            onChange={(arm) => set(node.id, arm)}
          />
        </div>
      ))}
    </div>
  );
}
