import type { Graph } from '@sluice/shared/graph';
import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDistinctTitles } from '../editing/distinct-titles.ts';
import { useWordsOf } from '../editing/use-node-words.ts';
import { nodeKinds } from './node-kinds.ts';

/** Those whom one split has dealt one of its variants. */
export interface Group {
  readonly experiment: string;
  readonly variant: string;
}

interface GroupSelectProps {
  graph: Graph;
  group: Group | undefined;
  onChange: (group: Group | undefined) => void;
}

const ALL = 'all';

/** Of whom the numbers on the canvas tell: of everyone, or of one variant of a split. Nothing where nothing is split. */
export function GroupSelect({ graph, group, onChange }: GroupSelectProps) {
  const { t } = useTranslation('plans');
  const titleOf = useDistinctTitles(graph.nodes, useWordsOf(nodeKinds));
  const splits = useMemo(
    () =>
      graph.nodes.flatMap((node) => {
        const variants = nodeKinds.find(node.kind)?.experiment?.(node.params as never) ?? [];
        return variants.length > 0 ? [{ node, variants }] : [];
      }),
    [graph],
  );
  if (splits.length === 0) return null;
  return (
    <Select<string>
      size="small"
      variant="borderless"
      aria-label={t('live.group')}
      value={group ? keyOf(group) : ALL}
      popupMatchSelectWidth={false}
      options={[
        { value: ALL, label: t('live.allGroups') },
        ...splits.map(({ node, variants }) => ({
          label: titleOf(node.id),
          options: variants.map(({ key, name }) => ({
            value: keyOf({ experiment: node.id, variant: key }),
            label: name,
          })),
        })),
      ]}
      onChange={(key) => {
        const all = splits.flatMap(({ node, variants }) =>
          variants.map((variant): Group => ({ experiment: node.id, variant: variant.key })),
        );
        onChange(all.find((one) => keyOf(one) === key));
      }}
    />
  );
}

function keyOf({ experiment, variant }: Group): string {
  return `${experiment}/${variant}`;
}
