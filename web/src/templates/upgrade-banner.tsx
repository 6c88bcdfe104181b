import { compareVersions } from '@sluice/shared/flow-template';
import { api } from '@sluice/shared/http-api';
import { Alert, Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useEditorState } from '../editing/editor-context.tsx';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';

const UpgradeDialog = lazy(async () => ({ default: (await import('./upgrade-dialog.tsx')).UpgradeDialog }));

/** Says that the template of this flow has a later version; nothing happens before somebody looks at it and applies it. */
export function UpgradeBanner() {
  const { t } = useTranslation('templates');
  const language = useLanguage();
  const origin = useEditorState(({ document }) => document.origin);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  const [params, setParams] = useSearchParams();
  const template = useReply(
    api.flowTemplates.getTemplate,
    { params: { templateId: origin?.template ?? '' }, query: { locale: origin?.locale } },
    { enabled: origin !== undefined },
  ).data;
  if (!origin || !template || isReadOnly || compareVersions(template.version, origin.version) <= 0) return null;
  const { name } = template.texts[language];
  const show = (isShown: boolean) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (isShown) next.set('upgrade', template.version);
      else next.delete('upgrade');
      return next;
    });
  return (
    <>
      <Alert
        banner
        type="info"
        title={t('upgrade.banner', { name, from: origin.version, to: template.version })}
        action={<Button onClick={() => show(true)}>{t('upgrade.see')}</Button>}
      />
      <Suspense fallback={null}>
        {params.get('upgrade') !== null && (
          <UpgradeDialog origin={origin} template={template} onClose={() => show(false)} />
        )}
      </Suspense>
    </>
  );
}
