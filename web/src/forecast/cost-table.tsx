import type { ForecastResult } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { toMajor } from '../ui/format/currencies.ts';
import { NO_FIGURE } from '../ui/format/format-number.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useNow } from '../ui/use-now.ts';

interface Cost {
  key: string;
  what: string;
  count: string;
  costMinor: number;
  stock: string;
}

interface CostTableProps {
  result: ForecastResult;
  currency: string;
  titleOf: (node: string) => string;
}

/** What messages and passes of nodes cost, and whether what is in stock lasts. */
export function CostTable({ result, currency, titleOf }: CostTableProps) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  const now = useNow();
  const stockOf = ({ stock, usedUpAt }: ForecastResult['nodeCosts'][number]) => {
    if (stock === null) return NO_FIGURE;
    const state = usedUpAt === null ? t('spent.lasts') : t('spent.usedUp', { at: format.absolute(usedUpAt, now) });
    return `${format.count(stock)}, ${state}`;
  };
  const rows: Cost[] = [
    ...result.messages.map(({ channel, sent, costMinor }) => ({
      key: channel,
      what: t('lost.channel'),
      count: format.count(sent),
      costMinor,
      stock: NO_FIGURE,
    })),
    ...result.nodeCosts.map((one) => ({
      key: one.node,
      what: titleOf(one.node),
      count: format.count(one.taken),
      costMinor: one.costMinor,
      stock: stockOf(one),
    })),
    { key: 'total', what: t('spent.total'), count: '', costMinor: result.costMinor, stock: '' },
  ];
  return (
    <PlainTable
      label={t('spent.title')}
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { key: 'what', title: t('spent.what'), render: ({ what }) => what },
        { key: 'count', title: t('spent.count'), isNumeric: true, render: ({ count }) => count },
        {
          key: 'cost',
          title: t('spent.cost'),
          isNumeric: true,
          render: ({ costMinor }) => format.money(toMajor(costMinor, currency), currency),
        },
        { key: 'stock', title: t('spent.stock'), isNumeric: true, render: ({ stock }) => stock },
      ]}
    />
  );
}
