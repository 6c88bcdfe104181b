import type { Graph } from '@sluice/shared/graph';
import type { EntryCheck, Explanation, TraceVisit } from '@sluice/shared/http-api';
import { startApp, type TestApp } from '../../test/start-app.ts';
import { until } from '../../test/until.ts';
import { graphOf } from '../executor/executor.fixture.ts';
import { runs } from '../executor/run-record.ts';
import { profileIdOf } from '../profiles/profile-record.ts';

export const BODY =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>';
const EVERYONE = { op: 'all', of: [] };

export interface Explaining extends TestApp {
  administrator: Record<string, string>;
  operator: Record<string, string>;
  tester: Record<string, string>;
  /** Answers the id of the profile. */
  identify(userId: string, traits: object): Promise<string>;
  track(userId: string, event: string, properties?: object, more?: object): Promise<void>;
  publish(graph: Graph): Promise<string>;
  /** Starts the profile by hand; answers what the trigger said. */
  start(
    flowId: string,
    profileId: string,
    requestId?: string,
  ): Promise<{ runId: string | null; refusal: string | null }>;
  explain(flowId: string, profileId: string, as?: Record<string, string>, more?: object): Promise<Explanation>;
  /** Until a run of the flow is in nobody's hands, with this status. */
  untilRun(flowId: string, status: string): Promise<void>;
}

/** The whole product, with people who come and flows that are asked about. */
export async function startExplaining(): Promise<Explaining> {
  const app = await startApp();
  const [administrator, operator, tester] = await Promise.all(
    (['administrator', 'operator', 'tester'] as const).map((role) => app.signInAs(role)),
  );
  const key = await app.withWriteKey();
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await app.call('POST', path, { body, headers });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    ...app,
    administrator: administrator as Record<string, string>,
    operator: operator as Record<string, string>,
    tester: tester as Record<string, string>,
    async identify(userId, traits) {
      await post('/v1/identify', { userId, traits }, key);
      return profileIdOf({ userId });
    },
    async track(userId, event, properties = {}, more = {}) {
      await post('/v1/track', { userId, event, properties, ...more }, key);
    },
    async publish(graph) {
      const flow = await post('/api/flows', { name: 'Flow', graph }, administrator);
      await post(`/api/flows/${flow.id}/publish`, { baseRevision: flow.revision, note: '' }, administrator);
      return flow.id;
    },
    async start(flowId, profileId, requestId = crypto.randomUUID()) {
      const body = { whom: { profileIds: [profileId] }, requestId };
      return (await post(`/api/flows/${flowId}/start`, body, operator)).results[0];
    },
    explain: (flowId, profileId, as = administrator, more = {}) =>
      post(`/api/flows/${flowId}/explain`, { profileId, ...more }, as),
    async untilRun(flowId, status) {
      // A run that has ended keeps its last hold.
      const isFree = status === 'ended' ? {} : { hold: { $exists: false } };
      const find = () => app.database.collection(runs).findOne({ flowId, status, ...isFree } as object);
      await until(find, (found) => found !== null);
    },
  };
}

/** Trigger → end. */
export function entering(kind: string, params: object = {}): Graph {
  return graphOf(
    [
      ['start', kind, { audience: EVERYONE, reentry: 'unlimited', ...params }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>end'],
  );
}

export function checkOf({ triggers }: Explanation, step: EntryCheck['step']): EntryCheck | undefined {
  return triggers[0]?.checks.find((check) => check.step === step);
}

/** Codes of what keeps the person out. */
export function unmet({ triggers }: Explanation): string[] {
  return (triggers[0]?.checks ?? []).filter(({ isMet }) => isMet === false).map(({ code }) => code);
}

export function visitsOf({ trace }: Explanation, node: string): TraceVisit[] {
  return (trace?.entries ?? []).filter((entry): entry is TraceVisit => entry.kind === 'visit' && entry.node === node);
}
