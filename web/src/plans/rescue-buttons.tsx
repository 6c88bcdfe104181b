import type { GraphNode } from '@sluice/shared/graph';
import type { Rescue } from '@sluice/shared/model';
import { Button, Dropdown, Popconfirm, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useWordsOf } from '../editing/use-node-words.ts';
import { portsOf } from '../editor/catalog.ts';
import { nodeKinds } from './node-kinds.ts';

interface RescueButtonsProps {
  /** The node where the runs failed: its ports are the ways to skip it. */
  node: GraphNode | null;
  /** How many runs it is about. */
  count: number;
  isPending: boolean;
  onRescue: (action: Rescue) => void;
}

/** What can be done about failed runs: once more, past the node by a port, or end them. */
export function RescueButtons({ node, count, isPending, onRescue }: RescueButtonsProps) {
  const { t } = useTranslation('plans');
  const words = useWordsOf(nodeKinds);
  const mayRescue = useHasRole('administrator', 'operator');
  if (!mayRescue) return null;
  const ports = node ? portsOf(nodeKinds, node) : [];
  const isDisabled = count === 0 || isPending;
  return (
    <Space wrap>
      <Button size="small" disabled={isDisabled} onClick={() => onRescue({ kind: 'retry' })}>
        {t('failures.retry')}
      </Button>
      {node && ports.length > 0 && (
        <Dropdown
          trigger={['click']}
          disabled={isDisabled}
          menu={{
            items: ports.map((port) => ({
              key: port.id,
              label: t('failures.skipBy', { port: words.portLabelOf(node, port) }),
            })),
            onClick: ({ key }) => onRescue({ kind: 'skip', port: key }),
          }}
        >
          <Button size="small">{t('failures.skip')}</Button>
        </Dropdown>
      )}
      <Popconfirm
        title={t('failures.endConfirm', { count })}
        okText={t('failures.end')}
        disabled={isDisabled}
        onConfirm={() => onRescue({ kind: 'end' })}
      >
        <Button size="small" danger disabled={isDisabled}>
          {t('failures.end')}
        </Button>
      </Popconfirm>
    </Space>
  );
}
