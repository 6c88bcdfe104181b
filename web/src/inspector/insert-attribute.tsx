import { UserAddOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDictionary } from './use-dictionary.ts';

/** The Liquid place of an attribute; a name that is no identifier needs the bracket form. */
export function liquidOf(attribute: string): string {
  return /^[A-Za-z_][\w-]*$/.test(attribute)
    ? `{{ profile.${attribute} }}`
    : `{{ profile[${JSON.stringify(attribute)}] }}`;
}

export function InsertAttribute({ onInsert }: { onInsert: (liquid: string) => void }) {
  const { t } = useTranslation('inspector');
  const { attributes } = useDictionary();
  return (
    <Dropdown
      trigger={['click']}
      disabled={attributes.length === 0}
      menu={{
        items: attributes.map(({ name, displayName }) => ({ key: name, label: displayName ?? name })),
        onClick: ({ key }) => onInsert(liquidOf(key)),
      }}
    >
      <Tooltip title={t('attribute.insert')}>
        <Button
          icon={<UserAddOutlined aria-hidden />}
          aria-label={t('attribute.insert')}
          disabled={attributes.length === 0}
        />
      </Tooltip>
    </Dropdown>
  );
}
