import { EMPTY_GRAPH, type Answers, type TemplateOrigin } from '@sluice/shared/graph';
import { drawPicture, instantiate } from '@sluice/shared/flow-template';
import { api, type FlowTemplate } from '@sluice/shared/http-api';
import { LOCALES, type Locale } from '@sluice/shared/model';
import { Alert, Button, Input, Segmented } from 'antd';
import { useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { EditorProvider, useEditorState } from '../editing/editor-context.tsx';
import { useProblems } from '../editing/problems.tsx';
import { useNodeWords } from '../editing/use-node-words.ts';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { CheckedFlow } from '../plans/checked-flow.tsx';
import { manifests, nodeKinds } from '../plans/node-kinds.ts';
import { createId } from '../plans/use-draft-editor.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { ExposedForm } from './exposed-form.tsx';
import { FlowPicture } from './flow-picture.tsx';
import styles from './use-template-page.module.css';

const LANGUAGES: Readonly<Record<Locale, string>> = { 'en-US': 'English', 'zh-CN': '中文' };

/** A template as a form, with the flow that it will give drawn beside it. */
export function UseTemplatePage() {
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
  if (!template.data) return <Loading />;
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
  const [editor] = useState(() =>
    createEditor({ document: documentOf('', EMPTY_GRAPH), catalog: nodeKinds, createId, isReadOnly: true }),
  );
  const picture = useMemo(() => drawPicture(made, manifests, language), [made, language]);
  // What is checked follows the form; nobody edits it, so there is nothing to undo.
  useEffect(() => editor.store.setState({ document: documentOf('', made) }), [editor, made]);

  const created = making.data?.id;
  useEffect(() => {
    if (created !== undefined) void navigate(`/flows/${created}`, { replace: true });
  }, [created, navigate]);

  function make(): void {
    making.mutate({ params: { templateId: id }, body: { name: name.trim(), version, locale, answers } });
  }

  return (
    <EditorProvider editor={editor}>
      <CheckedFlow>
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
              <ExposedForm graph={graph} answers={answers} made={made} onChange={setAnswers} />
            </div>
            <div className={styles.rest}>
              <Rest />
            </div>
          </div>
        </Page>
      </CheckedFlow>
    </EditorProvider>
  );
}

/** The errors that are left; those of a field stand at the field, too. */
function Rest() {
  const { t } = useTranslation('templates');
  const words = useNodeWords();
  const nodes = useEditorState(({ document }) => document.nodes);
  const errors = useProblems().filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return null;
  return (
    <Alert
      showIcon
      type="warning"
      title={t('use.problems', { count: errors.length })}
      description={
        <ul className={styles.problems}>
          {errors.map(({ text, node, param }) => (
            <li key={`${node}${param}${text}`}>
              {nodes[node ?? ''] && `${words.titleOf(nodes[node ?? ''])} · `}
              {text}
            </li>
          ))}
        </ul>
      }
    />
  );
}
