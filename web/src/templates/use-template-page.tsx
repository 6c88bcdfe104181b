import type { Answers, TemplateOrigin } from '@sluice/shared/graph';
import { drawPicture, instantiate } from '@sluice/shared/flow-template';
import { api, type FlowTemplate } from '@sluice/shared/http-api';
import { LOCALES, type Locale } from '@sluice/shared/model';
import { Button, Input, Segmented } from 'antd';
import { lazy, Suspense, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { manifests } from '../plans/node-kinds.ts';
import { useNodeKinds } from '../plans/use-node-kinds.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { loadAhead } from '../ui/load-ahead.ts';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { FlowPicture } from './flow-picture.tsx';
import styles from './use-template-page.module.css';

const load = () => import('./template-filling.tsx');
const TemplateFilling = lazy(async () => ({ default: (await load()).TemplateFilling }));

const LANGUAGES: Readonly<Record<Locale, string>> = { 'en-US': 'English', 'zh-CN': '中文' };

/** A template as a form, with the flow that it will give drawn beside it. */
export function UseTemplatePage() {
  // Together with the template, not after it.
  useEffect(() => loadAhead(load), []);
  const kinds = useNodeKinds();
  const { templateId = '' } = useParams();
  const shown = useLanguage();
  const [locale, setLocale] = useState<Locale>(shown);
  const template = useReply(
    api.flowTemplates.getTemplate,
    { params: { templateId }, query: { locale } },
    // Going on in another language keeps what was answered on the screen until its words are there.
    { placeholderData: (previous) => previous },
  );
  if (template.error) return <ErrorPanel error={template.error} onRetry={() => void template.refetch()} />;
  // What the workspace has published may stand in the template, too.
  if (!template.data || !kinds.isReady) return <Loading />;
  return <UseTemplate template={template.data} locale={locale} onLocale={setLocale} />;
}

interface UseTemplateProps {
  template: FlowTemplate;
  locale: Locale;
  onLocale: (locale: Locale) => void;
}

function UseTemplate({ template, locale, onLocale }: UseTemplateProps) {
  const { t } = useTranslation('templates');
  const navigate = useNavigate();
  const language = useLanguage();
  const nameId = useId();
  const { state } = useLocation() as { state: { name?: string } | null };
  const [name, setName] = useState(state?.name ?? template.texts[language].name);
  const [answers, setAnswers] = useState<Answers>({});
  const making = useChange(api.flowTemplates.makeFlow, [api.flows.listFlows, api.flowTemplates.listTemplates]);
  const { id, version, graph } = template;
  const made = useMemo(() => {
    const origin: TemplateOrigin = { template: id, version, locale, answers };
    return instantiate(graph, origin, manifests);
  }, [graph, id, version, locale, answers]);
  const picture = useMemo(() => drawPicture(made, manifests, language), [made, language]);

  const created = making.data?.id;
  useEffect(() => {
    if (created !== undefined) void navigate(`/flows/${created}`, { replace: true });
  }, [created, navigate]);

  function make(): void {
    making.mutate({ params: { templateId: id }, body: { name: name.trim(), version, locale, answers } });
  }

  return (
    <Page
      title={t('use.title', { name: template.texts[language].name })}
      hint={t('use.hint')}
      actions={
        <>
          <LinkButton to={`/templates/${id}`}>{t('use.back')}</LinkButton>
          <Button type="primary" loading={making.isPending} disabled={name.trim() === ''} onClick={make}>
            {t('use.make')}
          </Button>
        </>
      }
    >
      <UnsavedGuard isUnsaved={Object.keys(answers).length > 0 && !making.isPending && !making.isSuccess} />
      <div className={styles.preview}>
        <FlowPicture svg={picture} label={t('use.preview')} />
      </div>
      <div className={styles.sides}>
        <div className={styles.form}>
          {making.error && <ErrorPanel error={making.error} />}
          <div className={styles.field}>
            <label htmlFor={nameId}>{t('use.name')}</label>
            <Input
              id={nameId}
              maxLength={120}
              value={name}
              {...(name.trim() === '' && { status: 'error' as const })}
              onChange={(event) => setName(event.target.value)}
            />
            {name.trim() === '' && <p className={styles.problem}>{t('use.nameMissing')}</p>}
          </div>
          <div className={styles.field}>
            <span>{t('use.language')}</span>
            <Segmented<Locale>
              aria-label={t('use.language')}
              value={locale}
              options={LOCALES.map((one) => ({ value: one, label: LANGUAGES[one] }))}
              onChange={onLocale}
            />
          </div>
        </div>
        <Suspense fallback={<Loading />}>
          <TemplateFilling graph={graph} answers={answers} made={made} onChange={setAnswers} />
        </Suspense>
      </div>
    </Page>
  );
}
