import { describeRejection, type Rejection } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import { useFormat } from '../../ui/format/use-format.ts';

/** One rejected row in a sentence. */
export function RejectionText({ rejection }: { rejection: Rejection }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const language = useLanguage();
  return (
    <>
      {t('result.lineOf', { line: format.count(rejection.line) })} {describeRejection(rejection, language)}
    </>
  );
}
