import type { Decision, Funnel, FunnelRow } from '@sluice/shared/http-api';
import type { FlowProgram } from '../executor/flow-program.ts';
import { runs } from '../executor/run-record.ts';
import type { Database } from '../stores/database.ts';
import { currencyDigits } from './listened-events.ts';
import { checkSampleRatio } from './sample-ratio.ts';

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
  program: FlowProgram,
  experiment: string | undefined,
  decisionOf: (program: FlowProgram, node: string) => Promise<Decision | null>,
): Promise<Funnel> {
  const split = program.experiments.find(({ node }) => experiment === undefined || node === experiment);
  const decision = split ? await decisionOf(program, split.node) : null;
  const groups = await database
    .collection(runs)
    .aggregate<StageCounts>([
      { $match: { flowId: program.flowId, version: program.version } },
      {
        $group: {
          _id: split ? `$variants.${split.node}` : null,
          targeted: { $sum: 1 },
          reached: has('reachedAt'),
          clicked: has('clickedAt'),
          converted: has('convertedAt'),
          valueMinor: { $sum: '$valueMinor' },
        },
      },
    ])
    .toArray();
  const { currency } = program.graph.measurement ?? {};
  const digits = currencyDigits(currency);
  const known = split?.variants ?? [];
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
  return {
    version: program.version,
    experiment: split?.node ?? null,
    rows,
    total: rowOf({ key: '*', name: '' }, groups, digits),
    sampleRatio: checkSampleRatio(
      dealtByChance(decision, known) ?? rows.slice(0, known.length).map((row) => row.targeted),
      split?.weights ?? [],
    ),
    currency: currency ?? null,
    decision,
  };
}

/** Once everyone goes to the winner, only those that the deciding look counted came by chance. */
function dealtByChance(decision: Decision | null, known: readonly { key: string }[]): number[] | undefined {
  if (!decision?.winner || decision.rule.afterwards !== 'all-to-winner') return undefined;
  const arms = decision.looks.at(-1)?.arms ?? [];
  return known.map(({ key }) => arms.find(({ variant }) => variant === key)?.people ?? 0);
}

function rowOf(
  variant: { key: string; name: string; isHoldOut?: boolean },
  groups: readonly StageCounts[],
  digits: number,
): FunnelRow {
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
