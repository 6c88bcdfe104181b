import { drawPicture, EXPOSED_GROUPS, groupOf } from '@sluice/shared/flow-template';
import type { GraphNode } from '@sluice/shared/graph';
import { api, type FlowTemplate } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { portsOf } from '../editor/catalog.ts';
import { useWordsOf } from '../editing/use-node-words.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { useAssertionText } from '../sandbox/use-assertion-text.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { Section } from '../ui/section.tsx';
import { manifests, nodeKinds } from '../plans/node-kinds.ts';
import { useNodeKinds } from '../plans/use-node-kinds.ts';
import { FlowPicture } from './flow-picture.tsx';
import { FlowsOfTemplate } from './flows-of-template.tsx';
import styles from './template-page.module.css';

/** One template: what it is for, what it asks for, its versions, and the flows that were made from it. */
export function TemplatePage() {
  const kinds = useNodeKinds();
  const { templateId = '' } = useParams();
  const locale = useLanguage();
  const template = useReply(api.flowTemplates.getTemplate, { params: { templateId }, query: { locale } });
  if (template.error) return <ErrorPanel error={template.error} onRetry={() => void template.refetch()} />;
  if (!template.data || !kinds.isReady) return <Loading />;
  return <OneTemplate template={template.data} />;
}

function OneTemplate({ template }: { template: FlowTemplate }) {
  const { t } = useTranslation('templates');
  const locale = useLanguage();
  const mayUse = useHasRole('administrator', 'operator', 'developer');
  const mayWrite = useHasRole('administrator', 'developer');
  const { getTemplate, listTemplates } = api.flowTemplates;
  const archiving = useChange(api.flowTemplates.archiveTemplate, [getTemplate, listTemplates]);
  const { id, graph, texts, version, versions, publishedBy, cases, isArchived, sourceFlow } = template;
  const { name, description, why, forWhom, toSet } = texts[locale];
  const picture = useMemo(() => drawPicture(graph, manifests, locale), [graph, locale]);
  const reasons = { does: description, why, forWhom, toSet };
  return (
    <Page
      title={name}
      hint={t('page.by', { version, by: publishedBy })}
      actions={
        <>
          {mayWrite && (
            <Button
              loading={archiving.isPending}
              onClick={() => archiving.mutate({ params: { templateId: id }, body: { isArchived: !isArchived } })}
            >
              {t(isArchived ? 'page.unarchive' : 'page.archive')}
            </Button>
          )}
          {mayWrite && sourceFlow !== undefined && (
            <LinkButton to={`/flows/${sourceFlow}`}>{t('page.source')}</LinkButton>
          )}
          {mayUse && (
            <LinkButton type="primary" to={`/templates/${id}/use`}>
              {t('page.use')}
            </LinkButton>
          )}
        </>
      }
    >
      {archiving.error && <ErrorPanel error={archiving.error} />}
      <div className={styles.picture}>
        <FlowPicture svg={picture} label={t('page.picture')} />
      </div>
      <dl className={styles.texts}>
        {(['does', 'why', 'forWhom', 'toSet'] as const)
          .filter((key) => reasons[key] !== '')
          .map((key) => (
            <div key={key}>
              <dt>{t(`page.${key}`)}</dt>
              <dd>{reasons[key]}</dd>
            </div>
          ))}
      </dl>
      <div className={styles.columns}>
        <Section title={t('page.asks')}>
          <Asks template={template} />
        </Section>
        {cases.length > 0 && (
          <Section title={t('page.cases')} hint={t('page.casesHint')}>
            <Cases template={template} />
          </Section>
        )}
      </div>
      <Section title={t('page.flows')} hint={t('page.flowsHint')}>
        <FlowsOfTemplate templateId={id} newest={versions[0]?.version ?? version} />
      </Section>
      <Section title={t('page.versions')}>
        <PlainTable
          label={t('page.versions')}
          rows={versions}
          keyOf={(row) => row.version}
          columns={[
            { key: 'version', title: t('page.version'), render: (row) => row.version },
            { key: 'note', title: t('page.note'), render: (row) => row.note },
            { key: 'at', title: t('page.publishedAt'), render: (row) => <Moment at={row.publishedAt} /> },
            { key: 'by', title: t('page.publishedBy'), render: (row) => row.publishedBy },
          ]}
        />
      </Section>
    </Page>
  );
}

/** What must come of each dry run, in words. */
function Cases({ template: { graph, cases } }: { template: FlowTemplate }) {
  const words = useWordsOf(nodeKinds);
  // Ends are called by their reason: they have no other name, and there are several.
  const titleOf = (node: GraphNode | undefined) =>
    node && !node.name && portsOf(nodeKinds, node).length === 0 ? words.summaryOf(node) : words.titleOf(node);
  const textOf = useAssertionText(graph, { ...words, titleOf });
  return (
    <ul className={styles.cases}>
      {cases.map(({ name, assertions }) => (
        <li key={name}>
          <strong>{name}</strong>
          <ol>
            {[...new Set(assertions.map(textOf))].map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

function Asks({ template: { graph } }: { template: FlowTemplate }) {
  const { t } = useTranslation('templates');
  const locale = useLanguage();
  const { exposed = [] } = graph;
  const groups = EXPOSED_GROUPS.map((group) => ({
    group,
    labels: exposed.filter((param) => groupOf(param, graph, manifests) === group).map(({ label }) => label[locale]),
  })).filter(({ labels }) => labels.length > 0);
  if (groups.length === 0) return <p>{t('use.nothing')}</p>;
  return (
    <dl className={styles.asks}>
      {groups.map(({ group, labels }) => (
        <div key={group}>
          <dt>{t(`groups.${group}`)}</dt>
          <dd>{labels.join(' · ')}</dd>
        </div>
      ))}
    </dl>
  );
}
