import { carryParams } from '@sluice/shared/node-template';
import { defineCommand } from '../command.ts';
import { followPorts } from './edit-node.ts';

/** Goes on with the newest version of a published kind: settings that still fit stay, ways out that are gone lose their edge. */
export const upgradeNode = defineCommand<{ node: string }>({
  isEdit: true,
  plan: (context, { node }) => {
    const before = context.document.nodes[node];
    const upgrade = before && context.catalog.upgradeOf?.(before.kind);
    const manifest = upgrade && context.catalog.find(upgrade.kind);
    if (!before || !manifest) return undefined;
    const { params } = carryParams(before.params, manifest);
    const after = { ...before, kind: manifest.kind, kindVersion: manifest.version, params };
    return {
      edit: {
        diff: [{ of: 'node', id: node, before, after }, ...followPorts(context, before, after)],
        name: { key: 'upgrade-node', values: { kind: manifest.kind, version: upgrade.to } },
      },
    };
  },
});
