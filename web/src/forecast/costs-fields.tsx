import { PlusOutlined } from '@ant-design/icons';
import type { ForecastBasis, ForecastSettings } from '@sluice/shared/http-api';
import { Button, Dropdown, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { CURRENCIES, decimalsOf, toMajor, toMinor } from '../ui/format/currencies.ts';
import { RemovableRow } from '../ui/removable-row.tsx';
import styles from './forecast.module.css';
import { type SettingsDraft, withItem } from './settings-draft.ts';
import { ShareField } from './share-field.tsx';

interface CostsFieldsProps {
  basis: ForecastBasis | undefined;
  draft: SettingsDraft;
  /** Nodes that may cost something. */
  nodes: readonly string[];
  titleOf: (node: string) => string;
  onChange: (draft: SettingsDraft) => void;
}

type ChannelSettings = ForecastSettings['channels'][number];
type NodeSettings = ForecastSettings['nodes'][number];

/** What a message and a pass of a node cost, how many there are, and what the provider takes. */
export function CostsFields({ basis, draft, nodes, titleOf, onChange }: CostsFieldsProps) {
  const { t } = useTranslation('forecast');
  const { currency } = draft;
  const email: ChannelSettings = draft.channels.find(({ channel }) => channel === 'email') ?? { channel: 'email' };
  const setEmail = (change: Partial<ChannelSettings>) =>
    onChange({
      ...draft,
      channels: withItem(draft.channels, ({ channel }) => channel === 'email', { ...email, ...change }),
    });
  const setNode = (node: string, next: NodeSettings | undefined) =>
    onChange({ ...draft, nodes: withItem(draft.nodes, (one) => one.node === node, next) });
  const free = nodes.filter((node) => !draft.nodes.some((one) => one.node === node));
  const sendsEmail = basis === undefined || basis.messageNodes.length > 0;
  return (
    <>
      <Labelled label={t('costs.currency')}>
        <Select<string>
          className={styles.money ?? ''}
          aria-label={t('costs.currency')}
          value={currency}
          options={[...new Set([currency, ...CURRENCIES])].map((value) => ({ value, label: value }))}
          onChange={(next) => onChange({ ...draft, currency: next })}
        />
      </Labelled>
      {sendsEmail && (
        <>
          <Labelled label={t('costs.perThousand')}>
            <Money
              label={t('costs.perThousand')}
              {...{ currency }}
              value={email.perThousandMinor}
              onChange={(perThousandMinor) => setEmail({ perThousandMinor: perThousandMinor ?? 0 })}
            />
          </Labelled>
          <Labelled label={t('costs.perMinute')}>
            <InputNumber<number>
              className={styles.money ?? ''}
              aria-label={t('costs.perMinute')}
              min={1}
              precision={0}
              suffix={t('costs.perMinuteUnit')}
              value={email.perMinute ?? null}
              onChange={(perMinute) => {
                const { perMinute: _old, ...rest } = email;
                const next = perMinute === null ? rest : { ...rest, perMinute };
                onChange({ ...draft, channels: withItem(draft.channels, ({ channel }) => channel === 'email', next) });
              }}
            />
          </Labelled>
          <Labelled label={t('costs.delivered')}>
            <ShareField
              label={t('costs.delivered')}
              value={email.deliveredShare ?? basis?.channels[0]?.deliveredShare ?? 1}
              onChange={(deliveredShare) => setEmail({ deliveredShare })}
            />
          </Labelled>
        </>
      )}
      {draft.nodes
        .filter(({ node }) => nodes.includes(node))
        .map((one) => (
          <fieldset key={one.node} className={styles.group}>
            <legend className={styles.sub}>{titleOf(one.node)}</legend>
            <RemovableRow
              removeLabel={t('costs.remove', { node: titleOf(one.node) })}
              onRemove={() => setNode(one.node, undefined)}
            >
              <Money
                label={t('costs.unit', { node: titleOf(one.node) })}
                currency={currency}
                unit={t('costs.unitWord')}
                value={one.unitMinor}
                onChange={(unitMinor) => setNode(one.node, { ...one, unitMinor: unitMinor ?? 0 })}
              />
              <InputNumber<number>
                className={styles.money ?? ''}
                aria-label={t('costs.stock', { node: titleOf(one.node) })}
                min={0}
                precision={0}
                suffix={t('costs.stockUnit')}
                value={one.stock ?? null}
                onChange={(stock) => {
                  const { stock: _old, ...rest } = one;
                  setNode(one.node, stock === null ? rest : { ...rest, stock });
                }}
              />
            </RemovableRow>
          </fieldset>
        ))}
      {free.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: free.map((node) => ({ key: node, label: titleOf(node) })),
            onClick: ({ key }) => setNode(key, { node: key, unitMinor: 0 }),
          }}
        >
          <Button type="link" size="small" className={styles.start ?? ''} icon={<PlusOutlined aria-hidden />}>
            {t('costs.addNode')}
          </Button>
        </Dropdown>
      )}
    </>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles.labelled}>
      <span>{label}</span>
      {children}
    </div>
  );
}

interface MoneyProps {
  label: string;
  currency: string;
  unit?: string;
  /** Minor units. */
  value: number | undefined;
  onChange: (minor: number | undefined) => void;
}

function Money({ label, currency, unit, value, onChange }: MoneyProps) {
  return (
    <InputNumber<number>
      className={styles.money ?? ''}
      aria-label={label}
      min={0}
      precision={decimalsOf(currency)}
      suffix={unit === undefined ? currency : `${currency} ${unit}`}
      value={value === undefined ? null : toMajor(value, currency)}
      onChange={(major) => onChange(major === null ? undefined : toMinor(major, currency))}
    />
  );
}
