import { defineHandler, type Outcome, type ParamsOf } from '@sluice/shared/node-contract';
import { abSplit } from './ab-split.node.ts';

/** One salt for the kind: what tells two splits of a flow apart is the node, which the bucket already knows. */
const SALT = 'ab-split';

type Variant = ParamsOf<typeof abSplit>['variants'][number];

export const abSplitHandler = defineHandler(abSplit, {
  enter: (context) => {
    const { params, nodeId } = context;
    const percent = context.bucket(SALT) * 100;
    let upTo = 0;
    const dealt = params.variants.find(({ weight }) => {
      upTo += weight;
      return percent < upTo;
    });
    if (dealt === undefined) throw new Error(`ab-split: the weights end at ${upTo}, below ${percent}`);
    if (dealt.isHoldOut) return arrive(nodeId, dealt, 'held-out');
    if (params.winner?.afterwards !== 'all-to-winner') return arrive(nodeId, dealt, 'dealt');
    // A run that comes back, on a way round or by a move to this version, keeps what it was dealt.
    const kept = params.variants.find(({ key }) => key === context.run.variants[nodeId]);
    if (kept) return arrive(nodeId, kept, 'dealt');
    return context.decision().then((key) => {
      const winner = params.variants.find((variant) => variant.key === key);
      return winner ? arrive(nodeId, winner, 'decided') : arrive(nodeId, dealt, 'dealt');
    });
  },
});

function arrive(experiment: string, variant: Variant, how: 'held-out' | 'dealt' | 'decided'): Outcome {
  const { key, name, isHoldOut } = variant;
  return {
    kind: 'advance',
    port: key,
    effects: [{ kind: 'record-exposure', experiment, variant: key, isHoldOut }],
    variant: { experiment, variant: key },
    reason: { code: `ab-split:${how}`, values: { name } },
  };
}
