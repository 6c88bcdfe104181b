import { type DisableRefusal, type GraphNode, type GraphNote, type MarkColour, passOf } from '@sluice/shared/graph';
import {
  defineCommand,
  hasSelectedNodes,
  hasSelectedParts,
  type PlanContext,
  selectedNodes,
  selectedNotes,
} from '../command.ts';
import type { Change } from '../diff.ts';

/** Switches the selected nodes off, or on again when all that can be off are. What cannot be is left as it is. */
export const toggleDisabled = defineCommand({
  shortcuts: ['D'],
  isEdit: true,
  isEnabled: hasSelectedNodes,
  plan: (context) => {
    const nodes = selectedNodes(context);
    const off = nodes.filter(({ isDisabled }) => isDisabled);
    const allowed = nodes.filter((node) => !node.isDisabled && refusalOf(context, node) === undefined);
    if (allowed.length > 0)
      return {
        edit: {
          diff: allowed.map((before) => change(before, { ...before, isDisabled: true })),
          name: { key: 'disable-nodes', values: { count: allowed.length } },
        },
      };
    if (off.length > 0) {
      const diff = off.map((before) => {
        const { isDisabled: _off, ...after } = before;
        return change(before, after);
      });
      return { edit: { diff, name: { key: 'enable-nodes', values: { count: off.length } } } };
    }
    const [refusal] = nodes.flatMap((node) => refusalOf(context, node) ?? []);
    return refusal && { session: { notice: { key: `refused.${refusal}` } } };
  },
});

/** Gives what is selected a colour; `undefined` takes it away. */
export const colourNodes = defineCommand<{ colour: MarkColour | undefined }>({
  isEdit: true,
  isEnabled: hasSelectedParts,
  plan: (context, { colour }) => {
    const diff = [
      ...selectedNodes(context)
        .filter((node) => node.colour !== colour)
        .map((before) => change(before, coloured(before, colour))),
      ...selectedNotes(context)
        .filter((note) => note.colour !== colour)
        .map((before): Change => ({ of: 'note', id: before.id, before, after: coloured(before, colour) })),
    ];
    return diff.length === 0 ? undefined : { edit: { diff, name: { key: 'colour' } } };
  },
});

function coloured<Part extends GraphNode | GraphNote>(part: Part, colour: MarkColour | undefined): Part {
  const { colour: _was, ...rest } = part;
  return { ...rest, ...(colour && { colour }) } as Part;
}

/** Why a node cannot be switched off. */
export function refusalOf({ catalog }: Pick<PlanContext, 'catalog'>, node: GraphNode): DisableRefusal | undefined {
  const manifest = catalog.find(node.kind);
  const pass = manifest && passOf(manifest, node.params);
  return pass && 'refusal' in pass ? pass.refusal : undefined;
}

function change(before: GraphNode, after: GraphNode): Change {
  return { of: 'node', id: before.id, before, after };
}
