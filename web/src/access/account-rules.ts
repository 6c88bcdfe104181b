import type { FormRule } from 'antd';
import { useTranslation } from 'react-i18next';

type RequiredField = 'token' | 'name' | 'email' | 'password';

/** Checks that a form makes before the server makes them again; the limits are those of the contract. */
export function useAccountRules() {
  const { t } = useTranslation('access');
  return {
    required: (field: RequiredField): FormRule => ({
      required: true,
      whitespace: true,
      message: t(`missing.${field}`),
    }),
    email: { pattern: /^[^\s@]+@[^\s@]+$/, message: t('wrong.email') } satisfies FormRule,
    passwordLength: { min: 10, message: t('wrong.password') } satisfies FormRule,
  };
}
