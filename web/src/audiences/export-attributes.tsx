import { api } from '@sluice/shared/http-api';
import { ATTRIBUTE_RIGHTS, type ReadLevel } from '@sluice/shared/model';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';
import styles from './export-attributes.module.css';

/** An open file may come into anybody's hands: it shows what this role may see, the one that sees the least. */
const OPEN_AS = 'analyst';

interface ExportAttributesProps {
  id: string;
  isOpenFile: boolean;
  value: string[];
  onChange: (attributes: string[]) => void;
}

interface Option {
  value: string;
  label: string;
  shows: ReadLevel;
}

/** The attributes of a file, each with what of its values will stand there. */
export function ExportAttributes({ id, isOpenFile, value, onChange }: ExportAttributesProps) {
  const { t } = useTranslation('audiences');
  const attributes = useReply(api.data.listAttributes, {}).data?.items ?? [];
  return (
    <Select<string[], Option>
      id={id}
      mode="multiple"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('export.choose')}
      value={value}
      options={attributes.map(({ name, displayName, sensitivity, rights }) => ({
        value: name,
        label: displayName ?? name,
        shows: isOpenFile ? ATTRIBUTE_RIGHTS[OPEN_AS][sensitivity].read : rights.read,
      }))}
      optionRender={renderOption}
      onChange={onChange}
    />
  );
}

function renderOption({ data }: { data: Option }) {
  return <OptionText {...data} />;
}

function OptionText({ label, shows }: Option) {
  const { t } = useTranslation('audiences');
  return (
    <span className={styles.option}>
      {/* The blank is for those who hear it read out. */}
      {label} {shows !== 'plain' && <span className={styles.shows}>{t(`export.shows.${shows}`)}</span>}
    </span>
  );
}
