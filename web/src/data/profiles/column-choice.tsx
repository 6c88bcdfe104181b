import { SettingOutlined } from '@ant-design/icons';
import type { AttributeDefinition } from '@sluice/shared/model';
import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './column-choice.module.css';

interface ColumnChoiceProps {
  attributes: readonly AttributeDefinition[];
  shown: readonly string[];
  onChange: (names: string[]) => void;
}

export function ColumnChoice({ attributes, shown, onChange }: ColumnChoiceProps) {
  const { t } = useTranslation('data');
  if (attributes.length === 0) return null;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          className={styles.choice ?? ''}
          value={[...shown]}
          options={attributes.map(({ name, displayName }) => ({ value: name, label: displayName ?? name }))}
          onChange={(names) => onChange(names)}
        />
      }
    >
      <Button icon={<SettingOutlined aria-hidden />}>{t('profiles.columns')}</Button>
    </Popover>
  );
}
