import { instantiate, readForm, refillFlow, drawPicture } from '@sluice/shared/flow-template';
import type { Answers, TemplateOrigin } from '@sluice/shared/graph';
import { api, type Flow, type FlowTemplate } from '@sluice/shared/http-api';
import { Alert, Button } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { useWordsOf } from '../editing/use-node-words.ts';
import { compareDocuments } from '../editor/compare.ts';
import { documentOf } from '../editor/flow-document.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { manifests, nodeKinds } from '../plans/node-kinds.ts';
import { useNodeKinds } from '../plans/use-node-kinds.ts';
import { useOpenedDraft } from '../plans/use-opened-draft.ts';
import { EmptyState } from '../ui/empty-state.tsx';
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

/** The form of the template that a flow was made from, opened again: filled in from the draft as it is now. */
export function TemplateFormPage() {
  useEffect(() => loadAhead(load), []);
  const { flowId = '' } = useParams();
  return <Opened key={flowId} flowId={flowId} />;
}

function Opened({ flowId }: { flowId: string }) {
  const { t } = useTranslation('templates');
  const kinds = useNodeKinds();
  const draft = useOpenedDraft(flowId);
  const origin = draft.data?.graph.origin;
  const template = useReply(
    api.flowTemplates.getTemplate,
    { params: { templateId: origin?.template ?? '' }, query: { version: origin?.version, locale: origin?.locale } },
    { enabled: origin !== undefined },
  );
  const error = draft.error ?? template.error;
  if (error)
    return <ErrorPanel error={error} onRetry={() => void Promise.all([draft.refetch(), template.refetch()])} />;
  if (draft.data && !origin)
    return (
      <EmptyState
        isWholePage
        title={t('again.none')}
        text={t('again.noneText')}
        action={<LinkButton to={`/flows/${flowId}?mode=edit`}>{t('again.back')}</LinkButton>}
      />
    );
  if (!draft.data || !origin || !template.data || !kinds.isReady) return <Loading />;
  return <Refill flow={draft.data} origin={origin} template={template.data} />;
}

interface RefillProps {
  flow: Flow;
  origin: TemplateOrigin;
  template: FlowTemplate;
}

function Refill({ flow, origin, template }: RefillProps) {
  const { t } = useTranslation('templates');
  const navigate = useNavigate();
  const language = useLanguage();
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const { graph } = template;
  const form = useMemo(() => readForm(flow.graph, graph, origin, manifests), [flow, graph, origin]);
  const [answers, setAnswers] = useState<Answers>(form.answers);
  const { graph: made, kept } = useMemo(
    () => refillFlow(flow.graph, graph, origin, answers, manifests),
    [flow, graph, origin, answers],
  );
  const picture = useMemo(() => drawPicture(made, manifests, language), [made, language]);
  const { exposed = [] } = graph;
  const labelsOf = (ids: readonly string[]) =>
    exposed.filter(({ id }) => ids.includes(id)).map(({ label }) => label[language]);
  const asked = useMemo(
    () => ({ ...graph, exposed: (graph.exposed ?? []).filter(({ id }) => !form.gone.includes(id)) }),
    [graph, form],
  );
  const listed = (items: readonly string[]) => new Intl.ListFormat(language, { style: 'short' }).format(new Set(items));
  const drawn = useDrawn(flow, template, origin, form.answers);
  const saving = useChange(api.flowTemplates.saveTemplateForm, [api.flows.getFlow, api.flows.listFlows]);
  const isChanged = answers !== form.answers;
  const to = `/flows/${flow.id}?mode=edit`;
  useEffect(() => {
    if (saving.isSuccess) void navigate(to, { replace: true });
  }, [saving.isSuccess, navigate, to]);

  return (
    <Page
      title={t('again.title', { name: flow.name })}
      hint={t('again.hint', { template: template.texts[language].name, version: origin.version })}
      actions={
        <>
          <LinkButton to={to}>{t('again.back')}</LinkButton>
          <Button
            type="primary"
            disabled={!mayEdit || !isChanged}
            loading={saving.isPending}
            onClick={() =>
              saving.mutate({ params: { flowId: flow.id }, body: { baseRevision: flow.revision, answers } })
            }
          >
            {t('again.save')}
          </Button>
        </>
      }
    >
      <UnsavedGuard isUnsaved={isChanged && !saving.isPending && !saving.isSuccess} />
      <div className={styles.preview}>
        <FlowPicture svg={picture} label={t('use.preview')} />
      </div>
      <div className={styles.sides}>
        <div className={styles.form}>
          {saving.error && <ErrorPanel error={saving.error} />}
          {!mayEdit && <Alert type="info" showIcon title={t('again.readOnly')} />}
          {form.gone.length > 0 && (
            <Alert type="warning" showIcon title={t('again.gone', { items: listed(labelsOf(form.gone)) })} />
          )}
          {drawn.length > 0 && <Alert type="info" showIcon title={t('again.drawn', { items: listed(drawn) })} />}
          {kept.length > 0 && (
            <Alert type="warning" showIcon title={t('again.kept', { items: listed(labelsOf(kept)) })} />
          )}
        </div>
        <Suspense fallback={<Loading />}>
          <TemplateFilling graph={asked} answers={answers} made={made} changed={form.changed} onChange={setAnswers} />
        </Suspense>
      </div>
    </Page>
  );
}

/** What was changed on the canvas beside what the form asks for: the names of those nodes. It all stays. */
function useDrawn(flow: Flow, { graph }: FlowTemplate, origin: TemplateOrigin, answers: Answers): string[] {
  const { t } = useTranslation('templates');
  const words = useWordsOf(nodeKinds);
  return useMemo(() => {
    const base = documentOf('', instantiate(graph, { ...origin, answers }, manifests));
    const { nodes, edges, isMeasurementChanged } = compareDocuments(base, documentOf('', flow.graph));
    return [
      ...nodes.map(({ node, is }) => t(`again.${is}`, { node: words.titleOf(node) })),
      ...(edges.size > 0 ? [t('again.edges')] : []),
      ...(isMeasurementChanged ? [t('upgrade.measurement')] : []),
    ];
  }, [flow, graph, origin, answers, t, words]);
}
