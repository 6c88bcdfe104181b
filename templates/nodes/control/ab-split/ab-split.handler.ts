import { defineHandler } from '@sluice/shared/node-contract';
import { abSplit } from './ab-split.node.ts';

/** One salt for the kind: what tells two splits of a flow apart is the node, which the bucket already knows. */
const SALT = 'ab-split';

export const abSplitHandler = defineHandler(abSplit, {
  enter: (context) => {
    const { params, nodeId } = context;
    const percent = context.bucket(SALT) * 100;
    let upTo = 0;
    const chosen = params.variants.find(({ weight }) => {
      upTo += weight;
      return percent < upTo;
    });
    if (chosen === undefined) throw new Error(`ab-split: the weights end at ${upTo}, below ${percent}`);
    const { key, name, isHoldOut } = chosen;
    return {
      kind: 'advance',
      port: key,
      effects: [{ kind: 'record-exposure', experiment: nodeId, variant: key, isHoldOut }],
      variant: { experiment: nodeId, variant: key },
      reason: { code: isHoldOut ? 'ab-split:held-out' : 'ab-split:dealt', values: { name } },
    };
  },
});
