import { api, type NodeTemplate, type NodeTemplateVersion } from '@sluice/shared/http-api';
import { kindOfTemplate } from '@sluice/shared/node-template';
import { Alert, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { Section } from '../ui/section.tsx';
import { GrantList } from './grant-list.tsx';
import styles from './node-templates.module.css';
import { ReviewPanel } from './review-panel.tsx';
import { SourceView } from './source-view.tsx';
import { TemplateActions } from './template-actions.tsx';
import { TemplateUses } from './template-uses.tsx';
import { TemplateStateTag } from './template-state-tag.tsx';
import { VersionChanges } from './version-changes.tsx';

/** One node template: a version with what it may do, its code, and what was decided about it. */
export function NodeTemplatePage() {
  const { t } = useTranslation('nodeTemplates');
  const { name = '' } = useParams();
  const template = useReply(api.nodeTemplates.readTemplate, { params: { name } });
  if (template.isPending) return <Loading />;
  if (!template.data)
    return (
      <Page title={t('title')}>
        <ErrorPanel error={template.error} onRetry={() => void template.refetch()} />
      </Page>
    );
  return <OneTemplate template={template.data} />;
}

function OneTemplate({ template }: { template: NodeTemplate }) {
  const { t } = useTranslation('nodeTemplates');
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const wanted = params.get('version');
  const index = Math.max(
    0,
    template.versions.findIndex(({ manifest }) => manifest.version === wanted),
  );
  const shown = template.versions[index];
  const isReviewer = useHasRole('administrator');
  if (!shown) return null;
  const { manifest, state, note } = shown;
  // What it is held against: the one before it that was not refused.
  const before = template.versions.slice(index + 1).find((one) => one.state !== 'refused');
  return (
    <Page
      title={manifest.texts[language].title}
      status={<TemplateStateTag state={state} />}
      hint={manifest.texts[language].description}
      actions={
        <>
          <Select
            aria-label={t('versionLabel')}
            value={manifest.version}
            className={styles.versions ?? ''}
            onChange={(version) => setParams({ version })}
            options={template.versions.map((one) => ({
              value: one.manifest.version,
              label: `${one.manifest.version} · ${t(`states.${one.state}`)}`,
            }))}
          />
          <TemplateActions shown={shown} />
        </>
      }
    >
      {note && <Alert type={state === 'blocked' ? 'error' : 'info'} showIcon title={note} />}
      <Facts shown={shown} />
      {before && <VersionChanges before={before.manifest} after={manifest} />}
      {state === 'submitted' && isReviewer ? (
        <ReviewPanel key={manifest.version} manifest={manifest} />
      ) : (
        <Section title={shown.grant ? t('mayDo') : t('asksFor')}>
          <GrantList manifest={manifest} {...(shown.grant && { grant: shown.grant })} />
        </Section>
      )}
      <SourceView key={`source ${manifest.version}`} name={manifest.name} version={manifest.version} />
      <TemplateUses template={template} />
      <History shown={shown} />
    </Page>
  );
}

function Facts({ shown: { manifest, cases } }: { shown: NodeTemplateVersion }) {
  const { t } = useTranslation(['nodeTemplates', 'canvas']);
  const language = useLanguage();
  const format = useFormat();
  const { ports, params } = manifest.texts[language];
  const { timeoutMs = 50, memoryMiB = 16 } = manifest.limits ?? {};
  const ways = manifest.ports.map((port) => ('each' in port ? `${params[port.each]?.label} …` : ports[port.id]));
  return (
    <dl className={styles.facts}>
      <dt>{t('kind')}</dt>
      <dd>
        <code>{kindOfTemplate(manifest.name, manifest.version)}</code>
      </dd>
      <dt>{t('category')}</dt>
      <dd>{t(`canvas:categories.${manifest.category}`)}</dd>
      <dt>{t('settings')}</dt>
      <dd>
        {Object.keys(manifest.params.properties)
          .map((name) => params[name]?.label)
          .join(' · ') || '–'}
      </dd>
      <dt>{t('ports')}</dt>
      <dd>{ways.join(' · ') || '–'}</dd>
      <dt>{t('limits')}</dt>
      <dd>{t('limitsText', { ms: format.count(timeoutMs), mib: format.count(memoryMiB) })}</dd>
      <dt>{t('caseCount')}</dt>
      <dd>{cases === 0 ? t('noCases') : t('cases', { count: cases })}</dd>
    </dl>
  );
}

function History({ shown }: { shown: NodeTemplateVersion }) {
  const { t } = useTranslation('nodeTemplates');
  return (
    <Section title={t('history')}>
      <ol className={styles.moves}>
        {shown.moves.map(({ to, at, by, note }) => (
          <li key={at + to}>
            <strong>{t(`moves.${to}`)}</strong>{' '}
            <span className={styles.hint}>
              {by} · <Moment at={at} />
            </span>
            {note && <p className={styles.hint}>{note}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
