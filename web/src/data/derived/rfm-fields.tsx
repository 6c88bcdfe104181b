import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { KindFieldsProps } from './derived-form.tsx';
import { EventSelect, PropertySelect } from './event-select.tsx';

/** Which event is an order, and what it was worth. */
export function RfmFields({ draft: { event, amount, days }, onChange }: KindFieldsProps) {
  const { t } = useTranslation('governance');
  return (
    <>
      <Form.Item label={t('derived.event')}>
        <EventSelect value={event} onChange={(name) => onChange({ event: name, amount: '' })} />
      </Form.Item>
      <Form.Item label={t('derived.amount')}>
        <PropertySelect
          event={event}
          label={t('derived.amount')}
          isNumeric
          value={amount}
          onChange={(name) => onChange({ amount: name })}
        />
      </Form.Item>
      <Form.Item label={t('derived.days')}>
        <InputNumber<number>
          aria-label={t('derived.days')}
          min={7}
          max={3650}
          precision={0}
          suffix={t('derived.daysUnit')}
          value={days}
          onChange={(value) => value !== null && onChange({ days: value })}
        />
      </Form.Item>
    </>
  );
}
