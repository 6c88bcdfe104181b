import type { TemplateUse } from '@sluice/shared/http-api';
import { readTemplateKind } from '@sluice/shared/node-template';
import { type FlowRecord, flows, type FlowVersionRecord, flowVersions } from '../flows/flow-record.ts';
import type { Database } from '../stores/database.ts';

/** More than anybody reads; of drafts as of versions. */
const MOST = 1000;

type Draft = Pick<FlowRecord, '_id' | 'name' | 'status' | 'liveVersion' | 'templateKinds'>;
type Version = Pick<FlowVersionRecord, 'flowId' | 'version' | 'templateKinds'>;

/** Where these kinds stand: in drafts and in published versions, by indexes of both. */
export async function listUses(
  database: Database,
  kinds: readonly string[],
): Promise<{ items: TemplateUse[]; isCut: boolean }> {
  const stored = database.collection(flows);
  const draftFields = { name: 1, status: 1, liveVersion: 1, templateKinds: 1 };
  const wanted = { templateKinds: { $in: [...kinds] } };
  const [drafts, versions] = await Promise.all([
    stored.find(wanted, { projection: draftFields }).limit(MOST).toArray() as Promise<Draft[]>,
    database
      .collection(flowVersions)
      .find(wanted, { projection: { flowId: 1, version: 1, templateKinds: 1 } })
      .limit(MOST)
      .toArray() as Promise<Version[]>,
  ]);
  const byId = new Map(drafts.map((flow) => [flow._id, flow]));
  const others = [...new Set(versions.map(({ flowId }) => flowId))].filter((id) => !byId.has(id));
  const gone = (await stored.find({ _id: { $in: others } }, { projection: draftFields }).toArray()) as Draft[];
  const items = [...drafts, ...gone].flatMap((flow) =>
    kinds.flatMap((kind) =>
      useOf(
        flow,
        kind,
        versions.filter((one) => one.flowId === flow._id),
      ),
    ),
  );
  return {
    items: items.toSorted((a, b) => Number(b.isLive) - Number(a.isLive) || (a.flowName < b.flowName ? -1 : 1)),
    isCut: drafts.length === MOST || versions.length === MOST,
  };
}

/** None where the flow has it neither in its draft nor in a version; one that no flow points to was never published. */
function useOf(flow: Draft, kind: string, versions: readonly Version[]): TemplateUse[] {
  const { _id: flowId, name: flowName, status, liveVersion, templateKinds = [] } = flow;
  const flowVersions = versions
    .filter(({ version, templateKinds = [] }) => version <= (liveVersion ?? 0) && templateKinds.includes(kind))
    .map(({ version }) => version)
    .toSorted((a, b) => b - a);
  const isInDraft = templateKinds.includes(kind);
  if (!isInDraft && flowVersions.length === 0) return [];
  const isLive = liveVersion !== null && status !== 'archived' && flowVersions.includes(liveVersion);
  return [
    { flowId, flowName, status, version: readTemplateKind(kind)?.version ?? '', isInDraft, flowVersions, isLive },
  ];
}
