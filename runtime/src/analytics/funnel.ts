import type { Graph } from '@sluice/shared/graph';
import type { Funnel, FunnelRow } from '@sluice/shared/http-api';
import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import { currencyDigits } from './listened-events.ts';
import { checkSampleRatio } from './sample-ratio.ts';

interface Variant {
  key: string;
  name: string;
  weight?: number;
  isHoldOut?: boolean;
}

interface StageCounts {
  _id: string | null;
  targeted: number;
  reached: number;
  clicked: number;
  converted: number;
  valueMinor: number;
}

const has = (field: string) => ({ $sum: { $cond: [{ $gt: [`$${field}`, null] }, 1, 0] } });

/**
 * Targeted → reached → clicked → converted of a version, per variant of one split (the first one if none is named). One
 * pass over the runs of the version, by index.
 */
export async function readFunnel(
  database: Database,
  version: { flowId: string; version: number; graph: Graph },
  experiment: string | undefined,
): Promise<Funnel> {
  const split = version.graph.nodes.find((node) =>
    experiment ? node.id === experiment : variantsOf(node.params).length > 0,
  );
  const groups = await database
    .collection(runs)
    .aggregate<StageCounts>([
      { $match: { flowId: version.flowId, version: version.version } },
      {
        $group: {
          _id: split ? `$variants.${split.id}` : null,
          targeted: { $sum: 1 },
          reached: has('reachedAt'),
          clicked: has('clickedAt'),
          converted: has('convertedAt'),
          valueMinor: { $sum: '$valueMinor' },
        },
      },
    ])
    .toArray();
  const { currency } = version.graph.measurement ?? {};
  const digits = currencyDigits(currency);
  const known = split ? variantsOf(split.params) : [];
  const rows = known.map((variant) =>
    rowOf(
      variant,
      groups.filter((group) => group._id === variant.key),
      digits,
    ),
  );
  const keys = new Set(known.map((variant) => variant.key));
  const rest = split ? groups.filter((group) => group._id === null || !keys.has(group._id)) : [];
  if (rest.length > 0) rows.push(rowOf({ key: '', name: '' }, rest, digits));
  const weights = known.map((variant) => variant.weight ?? 0);
  const isWeighted = weights.length > 0 && weights.every((weight) => weight > 0);
  return {
    version: version.version,
    experiment: split?.id ?? null,
    rows,
    total: rowOf({ key: '*', name: '' }, groups, digits),
    sampleRatio: isWeighted
      ? checkSampleRatio(
          rows.slice(0, known.length).map((row) => row.targeted),
          weights,
        )
      : null,
    currency: currency ?? null,
  };
}

function variantsOf(params: Record<string, unknown>): Variant[] {
  return Array.isArray(params['variants']) ? (params['variants'] as Variant[]) : [];
}

function rowOf(variant: Variant, groups: readonly StageCounts[], digits: number): FunnelRow {
  const sum = (pick: (group: StageCounts) => number) => groups.reduce((total, group) => total + pick(group), 0);
  return {
    variant: variant.key,
    name: variant.name,
    isHoldOut: variant.isHoldOut ?? false,
    targeted: sum((group) => group.targeted),
    reached: sum((group) => group.reached),
    clicked: sum((group) => group.clicked),
    converted: sum((group) => group.converted),
    value: sum((group) => group.valueMinor) / 10 ** digits,
  };
}
