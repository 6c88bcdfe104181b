import { Steps } from 'antd';
import { useTranslation } from 'react-i18next';

/** Where one is between choosing a file and its result; 0-based. */
export function ImportSteps({ current, status }: { current: 0 | 1 | 2 | 3; status?: 'error' | 'finish' }) {
  const { t } = useTranslation('data');
  const items = (['upload', 'mapping', 'progress', 'result'] as const).map((step) => ({
    title: t(`imports.steps.${step}`),
  }));
  return <Steps size="small" current={current} items={items} {...(status ? { status } : {})} />;
}
