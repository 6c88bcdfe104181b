import type { GraphNode } from '@sluice/shared/graph';
import { api, type StandingNode } from '@sluice/shared/http-api';
import type { GoneNode, PublishPolicy } from '@sluice/shared/model';
import { Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWordsOf } from '../editing/use-node-words.ts';
import { isTrigger } from '../editor/catalog.ts';
import { useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { nodeKinds } from './node-kinds.ts';
import styles from './run-policy.module.css';

interface RunPolicyProps {
  flowId: string;
  /** The older version that is to come back; the draft when absent. */
  rollBackTo?: number;
  /** The nodes of the graph that is published. */
  nodes: readonly GraphNode[];
  value: PublishPolicy;
  onChange: (policy: PublishPolicy) => void;
}

/** What becomes of the runs in flight, with where they stand. Nothing where there are none. */
export function RunPolicy({ flowId, rollBackTo, nodes, value, onChange }: RunPolicyProps) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const inFlight = useReply(api.lifecycle.inFlight, {
    params: { flowId },
    query: rollBackTo === undefined ? {} : { version: rollBackTo },
  });
  if (inFlight.error) return <ErrorPanel error={inFlight.error} onRetry={() => void inFlight.refetch()} />;
  if (!inFlight.data || inFlight.data.total === 0) return null;
  // Held against the nodes on the screen: the saved draft may be a moment behind.
  const standing = inFlight.data.nodes.map((one) => ({
    ...one,
    fits: nodes.some(({ id, kind }) => id === one.node && kind === one.kind),
  }));
  return (
    <section>
      <h3 className={styles.heading}>{t('policy.title', { count: inFlight.data.total })}</h3>
      <Radio.Group
        className={styles.choices ?? ''}
        aria-label={t('policy.label')}
        value={value.kind}
        onChange={({ target }) => onChange(policyOf(target.value as PublishPolicy['kind']))}
      >
        {(['stay', 'move', 'end'] as const).map((kind) => (
          <Radio key={kind} value={kind}>
            {t(`policy.${kind}`)}
            <span className={styles.hint}>{t(`policy.${kind}Hint`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      {value.kind === 'move' && (
        <ul className={styles.standing} aria-label={t('policy.standing')}>
          {standing.map((one) => (
            <li key={`${one.node} ${one.kind}`}>
              <Standing
                standing={one}
                nodes={nodes}
                gone={value.gone.find(({ node }) => node === one.node)}
                onChange={(gone) =>
                  onChange({ kind: 'move', gone: [...value.gone.filter(({ node }) => node !== gone.node), gone] })
                }
              />
            </li>
          ))}
        </ul>
      )}
      {value.kind === 'end' && (
        <p className={styles.warning}>{t('policy.endWarning', { runs: format.count(inFlight.data.total) })}</p>
      )}
    </section>
  );
}

function policyOf(kind: PublishPolicy['kind']): PublishPolicy {
  return kind === 'move' ? { kind, gone: [] } : { kind };
}

interface StandingProps {
  standing: StandingNode;
  nodes: readonly GraphNode[];
  gone: GoneNode | undefined;
  onChange: (gone: GoneNode) => void;
}

/** One node where runs stand: they move, or the operator says what becomes of them. */
function Standing({ standing, nodes, gone, onChange }: StandingProps) {
  const { t } = useTranslation('plans');
  const words = useWordsOf(nodeKinds);
  const { node, name, kind, waiting, failed, fits } = standing;
  const title = name ?? words.kindTitleOf(kind);
  const count = waiting + failed;
  if (fits) return <p>{t('policy.moves', { count, node: title })}</p>;
  const targets = nodes.filter((one) => !isTrigger(nodeKinds, one));
  return (
    <>
      <p>{t('policy.gone', { count, node: title })}</p>
      <Select
        className={styles.fate ?? ''}
        aria-label={t('policy.goneLabel', { node: title })}
        value={gone?.fate === 'move' ? `to:${gone.target ?? ''}` : (gone?.fate ?? 'stay')}
        options={[
          { value: 'stay', label: t('policy.goneStay') },
          { value: 'end', label: t('policy.goneEnd') },
          ...targets.map((one) => ({
            value: `to:${one.id}`,
            label: t('policy.goneMove', { node: words.titleOf(one) }),
          })),
        ]}
        onChange={(choice: string) =>
          onChange(
            choice.startsWith('to:')
              ? { node, fate: 'move', target: choice.slice(3) }
              : { node, fate: choice === 'end' ? 'end' : 'stay' },
          )
        }
      />
    </>
  );
}
