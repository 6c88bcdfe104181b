import type { Rejection } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format/use-format.ts';
import { useRejectionText } from './use-rejection-text.ts';

/** One rejected row in a sentence. */
export function RejectionText({ rejection }: { rejection: Rejection }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const textOf = useRejectionText();
  return (
    <>
      {t('result.lineOf', { line: format.count(rejection.line) })} {textOf(rejection)}
    </>
  );
}
