import { api, type Approval } from '@sluice/shared/http-api';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EditorProvider } from '../editing/editor-context.tsx';
import { ProblemsProvider } from '../editing/problems.tsx';
import { useWordsOf } from '../editing/use-node-words.ts';
import { createEditor } from '../editor/editor.ts';
import type { FlowDocument } from '../editor/flow-document.ts';
import { useReply } from '../http/use-route.ts';
import { manifests, nodeKinds } from '../plans/node-kinds.ts';
import { ProblemList } from '../plans/problems-panel.tsx';
import { createId } from '../plans/use-draft-editor.ts';
import { WhatHappens } from '../plans/what-happens.tsx';
import styles from './approval-page.module.css';

/** Why it is to be published, in the words of whoever asked. */
export function ApprovalNote({ request: { note, name } }: { request: Approval }) {
  const { t } = useTranslation('approvals');
  return (
    <div className={styles.facts}>
      <Fact title={t('page.note')}>
        {note === '' ? <p className={styles.quiet}>{t('page.noNote')}</p> : <p className={styles.note}>{note}</p>}
      </Fact>
      {name !== undefined && (
        <Fact title={t('page.name')}>
          <p>{name}</p>
        </Fact>
      )}
    </div>
  );
}

/** What a reviewer wants to know below the differences: whom it reaches, what becomes of runs, whether it was tested. */
export function ApprovalFacts({ request, document }: { request: Approval; document: FlowDocument }) {
  const { t } = useTranslation('approvals');
  const { base, state, cases, problems, graph } = request;
  const isOpen = state === 'open';
  // What happens is read from the graph that was asked for, not from the drawing, which holds what was removed, too.
  const [editor] = useState(() => createEditor({ document, catalog: nodeKinds, createId, isReadOnly: true }));
  return (
    <div className={styles.facts}>
      {isOpen && (
        <EditorProvider editor={editor}>
          <ProblemsProvider problems={problems} graph={graph} manifests={manifests}>
            <WhatHappens version={(base?.version ?? 0) + 1} isFirst={base === null} />
            {problems.length > 0 && (
              <Fact title={t('page.problems')}>
                <ProblemList />
              </Fact>
            )}
          </ProblemsProvider>
        </EditorProvider>
      )}
      {base && <Runs request={request} />}
      <Fact title={t('page.cases')}>
        <Cases cases={cases} />
        {isOpen && <Link to={`/flows/${request.flowId}?mode=test`}>{t('page.dryRun')}</Link>}
      </Fact>
    </div>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  );
}

function Cases({ cases }: Pick<Approval, 'cases'>) {
  const { t } = useTranslation('approvals');
  if (cases.length === 0) return <p className={styles.quiet}>{t('page.noCases')}</p>;
  if (cases.every(({ isPassed }) => isPassed)) return <p>{t('page.allPass', { count: cases.length })}</p>;
  return (
    <ul className={styles.cases}>
      {cases.map(({ name, isPassed }) => (
        <li key={name}>
          {name}{' '}
          <span className={isPassed ? styles.quiet : styles.fails}>{t(isPassed ? 'page.passes' : 'page.fails')}</span>
        </li>
      ))}
    </ul>
  );
}

/** How many runs are under way, and what was chosen for them. */
function Runs({ request: { flowId, state, policy, base, graph } }: { request: Approval }) {
  const { t } = useTranslation(['approvals', 'plans']);
  const words = useWordsOf(nodeKinds);
  const inFlight = useReply(api.lifecycle.inFlight, { params: { flowId }, query: {} }, { enabled: state === 'open' });
  const chosen = policy ?? { kind: 'stay' as const };
  const titleOf = (id: string) =>
    words.titleOf([...(base?.graph.nodes ?? []), ...graph.nodes].find((node) => node.id === id));
  const fates = { stay: 'plans:policy.goneStay', end: 'plans:policy.goneEnd', move: 'plans:policy.goneMove' } as const;
  return (
    <Fact title={t('page.runs')}>
      {inFlight.data && <p>{t('plans:policy.title', { count: inFlight.data.total })}</p>}
      <p>
        {t(`plans:policy.${chosen.kind}`)}
        {'. '}
        {t(`plans:policy.${chosen.kind}Hint`)}
      </p>
      {chosen.kind === 'move' && (
        <ul className={styles.cases}>
          {chosen.gone.map(({ node, fate, target = '' }) => (
            <li key={node}>
              {t('page.runsAt', { node: titleOf(node), fate: t(fates[fate], { node: titleOf(target) }) })}
            </li>
          ))}
        </ul>
      )}
    </Fact>
  );
}
