import { PlusOutlined } from '@ant-design/icons';
import type { Graph } from '@sluice/shared/graph';
import { api, type Assertion, type Case, type Scenario } from '@sluice/shared/http-api';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NodeWords } from '../editing/use-node-words.ts';
import type { NodeCatalog } from '../editor/catalog.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { AssertionFields } from './assertion-fields.tsx';
import styles from './sandbox.module.css';
import { runnable } from './scenario-draft.ts';

interface CaseFormProps {
  flowId: string;
  graph: Graph;
  catalog: NodeCatalog;
  words: NodeWords;
  scenario: Scenario;
  /** The case that is changed; absent for a new one. */
  changed: Case | null;
  assertions: readonly Assertion[];
  onDone: () => void;
}

/** Keeps the set-up as a case, with what must come of it. */
export function CaseForm({ flowId, graph, catalog, words, scenario, changed, ...rest }: CaseFormProps) {
  const { t } = useTranslation('sandbox');
  const [name, setName] = useState(changed?.name ?? '');
  const [assertions, setAssertions] = useState<readonly Assertion[]>(changed?.assertions ?? rest.assertions);
  const stale = [api.cases.listCases, api.cases.runCases];
  const creating = useChange(api.cases.createCase, stale);
  const changing = useChange(api.cases.changeCase, stale);
  const error = creating.error ?? changing.error;
  const save = () => {
    const body = { name: name.trim(), scenario: runnable(scenario), assertions: [...assertions] };
    const done = { onSuccess: rest.onDone };
    if (changed) changing.mutate({ params: { flowId, caseId: changed.id }, body }, done);
    else creating.mutate({ params: { flowId }, body }, done);
  };
  return (
    <div className={styles.rows}>
      {error && <ErrorPanel error={error} />}
      <Input
        aria-label={t('cases.name')}
        placeholder={t('cases.name')}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <h4 className={styles.sub}>{t('cases.assertions')}</h4>
      {assertions.map((assertion, index) => (
        <AssertionFields
          // oxlint-disable-next-line react/no-array-index-key -- assertions have no identity but their place
          key={index}
          {...{ graph, catalog, words }}
          value={assertion}
          onChange={(next) =>
            setAssertions(assertions.flatMap((old, place) => (place === index ? (next ? [next] : []) : [old])))
          }
        />
      ))}
      <div>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          disabled={graph.nodes.length === 0}
          onClick={() => setAssertions([...assertions, { kind: 'reaches', node: graph.nodes[0]?.id ?? '' }])}
        >
          {t('cases.addAssertion')}
        </Button>
      </div>
      <p className={styles.hint}>{t('cases.keepsSetup')}</p>
      <div className={styles.row}>
        <Button
          type="primary"
          disabled={name.trim() === '' || assertions.length === 0}
          loading={creating.isPending || changing.isPending}
          onClick={save}
        >
          {t('cases.save')}
        </Button>
        <Button onClick={rest.onDone}>{t('cases.cancel')}</Button>
      </div>
    </div>
  );
}
