import { defineCommand, hasNodes } from '../command.ts';
import { applyDiff } from '../diff.ts';
import { followNodes } from '../follow-nodes.ts';
import { layOut } from '../layout.ts';
import { planMove } from './move.ts';

/** Lays the flow out from left to right: the whole, or what is selected when that is more than one node; frames go along. */
export const tidyUp = defineCommand({
  shortcuts: ['Shift+Alt+T'],
  isEdit: true,
  isEnabled: hasNodes,
  plan: (context) => {
    const { nodes } = context.session.selection;
    const chosen = nodes.length > 1 ? nodes : Object.keys(context.document.nodes);
    const plan = planMove(context, { nodes: layOut(context.document, context.catalog, chosen) });
    if (!plan) return undefined;
    const tidy = applyDiff(context.document, plan.edit.diff);
    const diff = [...plan.edit.diff, ...followNodes(context.document, tidy, context.catalog)];
    const edit = { ...plan.edit, diff, name: { key: 'tidy-up' as const } };
    return nodes.length > 1 ? { edit } : { edit, view: { kind: 'fit' } };
  },
});
