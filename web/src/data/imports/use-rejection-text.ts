import type { Rejection } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import enUS from '../../i18n/data/en-US.ts';

type RejectionCode = keyof typeof enUS.rejections;

function isKnown(code: string): code is RejectionCode {
  return Object.hasOwn(enUS.rejections, code);
}

/** Why a row was rejected, in the language on screen; a code without a text shows itself. */
export function useRejectionText(): (rejection: Rejection) => string {
  const { t } = useTranslation('data');
  return ({ code, column, value }) => (isKnown(code) ? t(`rejections.${code}`, { column: column ?? '', value }) : code);
}
