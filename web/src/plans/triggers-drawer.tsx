import { ThunderboltOutlined } from '@ant-design/icons';
import type { Graph } from '@sluice/shared/graph';
import { api, type EntryResult, type Flow, type TriggerState } from '@sluice/shared/http-api';
import { Alert, Button, Drawer, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useWordsOf } from '../editing/use-node-words.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { HookPanel } from './hook-panel.tsx';
import { nodeKinds } from './node-kinds.ts';
import { HeaderButton } from './header-button.tsx';
import styles from './triggers-drawer.module.css';

const POLL_MS = 5000;
const SEARCH_DELAY_MS = 300;

/** What starts the live version, whom it turned away, and starting it by hand. */
export function TriggersButton({ flow, graph }: { flow: Flow; graph: Graph }) {
  const { t } = useTranslation('plans');
  const [isOpen, setOpen] = useState(false);
  if (flow.status !== 'live') return null;
  return (
    <>
      <HeaderButton
        icon={<ThunderboltOutlined aria-hidden />}
        name={t('triggers.title')}
        onClick={() => setOpen(true)}
      />
      <Drawer open={isOpen} size={480} title={t('triggers.title')} destroyOnHidden onClose={() => setOpen(false)}>
        <Triggers flow={flow} graph={graph} />
      </Drawer>
    </>
  );
}

function Triggers({ flow, graph }: { flow: Flow; graph: Graph }) {
  const { t } = useTranslation('plans');
  const mayStart = useHasRole('administrator', 'operator');
  const maySeeAddress = useHasRole('administrator', 'operator', 'developer');
  const params = { flowId: flow.id };
  const triggers = useReply(api.triggers.listTriggers, { params }, { refetchInterval: POLL_MS });
  if (triggers.error) return <ErrorPanel error={triggers.error} onRetry={() => void triggers.refetch()} />;
  if (triggers.isPending) return <Loading />;
  if (triggers.data?.items.length === 0) return <EmptyState title={t('triggers.none')} />;
  return (
    <div className={styles.list}>
      {triggers.data?.items.map((trigger) => (
        <section key={trigger.node} className={styles.trigger}>
          <State trigger={trigger} graph={graph} />
          {maySeeAddress && trigger.kind === 'call' && <HookPanel flowId={flow.id} node={trigger.node} />}
          {mayStart && <StartByHand flow={flow} trigger={trigger.node} graph={graph} />}
        </section>
      ))}
    </div>
  );
}

function State({ trigger, graph }: { trigger: TriggerState; graph: Graph }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const words = useWordsOf(nodeKinds);
  const reasons = Object.entries(trigger.refused);
  return (
    <>
      <h3 className={styles.heading}>{words.titleOf(graph.nodes.find(({ id }) => id === trigger.node))}</h3>
      {trigger.nextAt && <p>{t('triggers.next', { time: format.exact(trigger.nextAt) })}</p>}
      {reasons.length === 0 ? (
        <p className={styles.quiet}>{t('triggers.nobodyRefused')}</p>
      ) : (
        <dl className={styles.reasons}>
          {reasons.map(([reason, count]) => (
            <div key={reason}>
              <dt>{t(`triggers.refused.${reason as 'in-period'}`)}</dt>
              <dd>{format.count(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** Chosen people, or everyone in the audience once their number has been seen. */
function StartByHand({ flow, trigger, graph }: { flow: Flow; trigger: string; graph: Graph }) {
  const { t } = useTranslation(['plans', 'ui']);
  const format = useFormat();
  const [profileIds, setProfileIds] = useState<string[]>([]);
  const whoId = useId();
  const [isAsking, setAsking] = useState(false);
  // One request until it is answered: a second click, or a lost answer, starts nobody twice.
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const starting = useChange(api.triggers.startFlow, [api.flows.counts, api.triggers.listTriggers]);
  const node = graph.nodes.find(({ id }) => id === trigger);
  const plan = node && nodeKinds.find(node.kind)?.trigger?.(node.params);
  const audience = useReply(
    api.data.countAudience,
    { body: { condition: plan?.audience ?? { op: 'all', of: [] } } },
    { enabled: isAsking },
  );
  const start = (whom: { profileIds: string[] } | { everyone: true }) =>
    starting.mutate(
      { params: { flowId: flow.id }, body: { trigger, whom, requestId } },
      {
        onSuccess: () => {
          setRequestId(crypto.randomUUID());
          setProfileIds([]);
          setAsking(false);
        },
      },
    );
  return (
    <div className={styles.start}>
      <label className={styles.label} htmlFor={whoId}>
        {t('plans:triggers.who')}
      </label>
      <div className={styles.row}>
        <ProfilesSelect id={whoId} value={profileIds} onChange={setProfileIds} />
        <Button disabled={profileIds.length === 0} loading={starting.isPending} onClick={() => start({ profileIds })}>
          {profileIds.length === 0
            ? t('plans:triggers.startNobody')
            : t('plans:triggers.startChosen', { count: profileIds.length })}
        </Button>
      </div>
      {isAsking ? (
        <Alert
          type="warning"
          showIcon
          title={
            audience.data
              ? t('plans:triggers.confirm', { count: audience.data.count, people: format.count(audience.data.count) })
              : t('plans:publish.counting')
          }
          action={
            <span className={styles.row}>
              <Button size="small" onClick={() => setAsking(false)}>
                {t('plans:triggers.cancel')}
              </Button>
              <Button
                size="small"
                type="primary"
                disabled={!audience.data}
                loading={starting.isPending}
                onClick={() => start({ everyone: true })}
              >
                {t('plans:triggers.startAll')}
              </Button>
            </span>
          }
        />
      ) : (
        <div>
          <Button onClick={() => setAsking(true)}>{t('plans:triggers.startAudience')}</Button>
        </div>
      )}
      {audience.error && <ErrorPanel error={audience.error} />}
      {starting.error && <ErrorPanel error={starting.error} />}
      {starting.data && <Outcome results={starting.data.results} />}
    </div>
  );
}

function Outcome({ results }: { results: readonly EntryResult[] }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  if (results.length === 0) return <Alert type="success" showIcon title={t('triggers.underWay')} />;
  const started = results.filter(({ isStarted }) => isStarted).length;
  const refused = results.flatMap(({ refusal }) => (refusal === null ? [] : [refusal]));
  return (
    <>
      <Alert type={started > 0 ? 'success' : 'info'} showIcon title={t('triggers.started', { count: started })} />
      {[...new Set(refused)].map((reason) => (
        <p key={reason} className={styles.quiet}>
          {t(`triggers.refused.${reason as 'in-period'}`)}:{' '}
          {format.count(refused.filter((one) => one === reason).length)}
        </p>
      ))}
    </>
  );
}

interface ProfilesSelectProps {
  id: string;
  value: string[];
  onChange: (ids: string[]) => void;
}

function ProfilesSelect({ id, value, onChange }: ProfilesSelectProps) {
  const { t } = useTranslation('plans');
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, SEARCH_DELAY_MS);
  const found = useReply(api.data.listProfiles, { query: { limit: 20, ...(search !== '' && { search }) } });
  return (
    <Select<string[]>
      mode="multiple"
      className={styles.grow ?? ''}
      id={id}
      placeholder={t('triggers.whoExample')}
      value={value}
      maxCount={100}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={found.data?.items.map(({ id, userId }) => ({ value: id, label: userId ?? id })) ?? []}
      onChange={onChange}
    />
  );
}
