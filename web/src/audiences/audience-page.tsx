import { api, type Audience } from '@sluice/shared/http-api';
import { Alert, Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { FigureRow } from '../ui/figure-row.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { Section } from '../ui/section.tsx';
import styles from './audience-page.module.css';
import { AudienceState } from './audience-state.tsx';
import { ChangePeople } from './change-people.tsx';
import { ExportHistory } from './export-history.tsx';
import { ExportMembers } from './export-members.tsx';
import { MembersTable } from './members-table.tsx';
import { RemoveAudience } from './remove-audience.tsx';
import { SizeHistory } from './size-history.tsx';
import { SourceWords } from './source-words.tsx';

const POLL_MS = 2000;

/** One audience: who belongs to it, how many do, and who they are. */
export function AudiencePage() {
  const { t } = useTranslation('audiences');
  const { audienceId = '' } = useParams();
  const audience = useReply(api.audiences.getAudience, { params: { audienceId } }, { refetchInterval: POLL_MS });
  if (audience.isPending) return <Loading />;
  if (!audience.data)
    return (
      <Page title={t('list.title')}>
        <ErrorPanel error={audience.error} onRetry={() => void audience.refetch()} />
      </Page>
    );
  return <OpenedAudience audience={audience.data} />;
}

function OpenedAudience({ audience }: { audience: Audience }) {
  const { t } = useTranslation('audiences');
  const language = useLanguage();
  const format = useFormat();
  const {
    name,
    kind,
    description,
    size,
    refreshedAt,
    createdBy,
    createdAt,
    sentence,
    source,
    extraction,
    problems = [],
  } = audience;
  return (
    <Page title={name} status={<AudienceState audience={audience} />} actions={<Actions audience={audience} />}>
      {description && <p className={styles.description}>{description}</p>}
      <FigureRow
        figures={[
          { name: t('page.members'), value: format.count(size), note: t(`audienceKinds.${kind}`) },
          ...(kind === 'manual'
            ? []
            : [{ name: t('page.refreshed'), value: refreshedAt ? <Moment at={refreshedAt} /> : t('page.never') }]),
          { name: t('page.createdBy'), value: createdBy, note: <Moment at={createdAt} /> },
        ]}
      />
      {extraction?.status === 'running' && <ExtractionProgress audience={audience} />}
      {extraction?.status === 'failed' && extraction.problem && (
        <Alert type="error" showIcon role="alert" title={extraction.problem[language]} />
      )}
      {problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t('page.broken')}
          description={problems.map((problem) => <p key={problem[language]}>{problem[language]}</p>)}
        />
      )}
      {source && (
        <Section title={t('page.condition')}>
          <SourceWords source={source} />
        </Section>
      )}
      {sentence && <Section title={t('page.condition')}>{sentence[language]}</Section>}
      <SizeHistory audience={audience} />
      <ExportHistory audience={audience} />
      <MembersTable audience={audience} />
    </Page>
  );
}

function Actions({ audience }: { audience: Audience }) {
  const { t } = useTranslation('audiences');
  const [isRemoving, setRemoving] = useState(false);
  const [isChanging, setChanging] = useState(false);
  const extraction = useChange(api.audiences.extractAudience, [api.audiences.getAudience]);
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  if (!mayEdit) return null;
  const { id: audienceId, kind } = audience;
  return (
    <>
      {extraction.error && <ErrorPanel error={extraction.error} />}
      <Button onClick={() => setRemoving(true)}>{t('page.remove')}</Button>
      {kind === 'snapshot' && audience.source?.kind !== 'file' && (
        <Button
          loading={extraction.isPending}
          disabled={audience.extraction?.status === 'running'}
          onClick={() => extraction.mutate({ params: { audienceId }, body: { isAnnounced: true } })}
        >
          {t('page.extract')}
        </Button>
      )}
      <ExportMembers audience={audience} />
      {kind === 'manual' && (
        <>
          <LinkButton to={`/data/imports/new?to=members&audience=${audienceId}`}>{t('people.fromFile')}</LinkButton>
          <Button onClick={() => setChanging(true)}>{t('people.add')}</Button>
        </>
      )}
      <LinkButton type="primary" to={`/audiences/${audienceId}/edit`}>
        {t('page.edit')}
      </LinkButton>
      {isRemoving && <RemoveAudience audience={audience} onClose={() => setRemoving(false)} />}
      {isChanging && <ChangePeople audience={audience} onClose={() => setChanging(false)} />}
    </>
  );
}

function ExtractionProgress({ audience: { id: audienceId, extraction } }: { audience: Audience }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayEdit = useHasRole('administrator', 'operator', 'developer');
  const cancel = useChange(api.audiences.cancelExtraction, [api.audiences.getAudience]);
  if (!extraction) return null;
  const counts = { entered: format.count(extraction.entered), left: format.count(extraction.left) };
  return (
    <div className={styles.progress}>
      <Progress percent={Math.floor(extraction.progress * 1000) / 10} status="active" />
      <p aria-live="off">{t('page.extracting', counts)}</p>
      {cancel.error && <ErrorPanel error={cancel.error} />}
      {mayEdit && (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({ params: { audienceId } })}>
          {t('page.cancel')}
        </Button>
      )}
    </div>
  );
}
