import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { ForecastWarning } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { Section } from '../ui/section.tsx';
import { useNow } from '../ui/use-now.ts';
import styles from './forecast.module.css';

interface WarningListProps {
  warnings: readonly ForecastWarning[];
  titleOf: (node: string) => string;
  portOf: (node: string, port: string) => string;
  onShow: (node: string) => void;
}

/** What somebody should look at before this is published; each leads to its node. */
export function WarningList({ warnings, titleOf, portOf, onShow }: WarningListProps) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  const now = useNow();
  const valuesOf = ({ node, port, values = {} }: ForecastWarning) => {
    const spelled = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? format.count(value)
        : name === 'at' && value !== ''
          ? format.absolute(value, now)
          : value,
    ]);
    const places = {
      ...(node !== undefined && { node: titleOf(node), ...(port !== undefined && { port: portOf(node, port) }) }),
    };
    return { ...Object.fromEntries(spelled), ...places };
  };
  return (
    <Section title={t('warnings.title')}>
      {warnings.length === 0 ? (
        <p className={styles.fine}>
          <CheckCircleOutlined aria-hidden /> {t('warnings.none')}
        </p>
      ) : (
        <ul className={styles.warnings}>
          {warnings.map((warning) => (
            <li key={JSON.stringify(warning)} className={styles.warning}>
              <WarningOutlined aria-hidden className={styles.warningIcon ?? ''} />
              <span className={styles.grow}>{t(`warnings.${warning.code}`, { replace: valuesOf(warning) })}</span>
              {warning.node !== undefined && (
                <Button type="link" size="small" onClick={() => onShow(warning.node ?? '')}>
                  {t('warnings.show')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
