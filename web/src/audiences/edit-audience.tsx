import { EVERYONE } from '@sluice/shared/condition';
import { api, type Audience } from '@sluice/shared/http-api';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useChange, useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { type AudienceDraft, AudienceForm } from './audience-form.tsx';

export function EditAudience() {
  const { t } = useTranslation('audiences');
  const { audienceId = '' } = useParams();
  const audience = useReply(api.audiences.getAudience, { params: { audienceId } });
  if (audience.isPending) return <Loading />;
  if (!audience.data)
    return (
      <Page title={t('list.title')}>
        <ErrorPanel error={audience.error} onRetry={() => void audience.refetch()} />
      </Page>
    );
  return <EditForm audience={audience.data} />;
}

/** Starts from the audience as it was opened; whoever saves over a newer one is told so. */
function EditForm({ audience }: { audience: Audience }) {
  const { t } = useTranslation('audiences');
  const navigate = useNavigate();
  const [opened] = useState(audience);
  const { id: audienceId, name, description, kind, condition, source, revision } = opened;
  const hasCondition = kind !== 'manual' && source === null;
  const saving = useChange(api.audiences.changeAudience, [api.audiences.listAudiences, api.audiences.getAudience]);
  const first = useMemo(
    (): AudienceDraft => ({ name, description, kind, condition: condition ?? EVERYONE, isAnnounced: false }),
    [name, description, kind, condition],
  );
  const isSaved = saving.isSuccess;
  useEffect(() => {
    if (isSaved) void navigate(`/audiences/${audienceId}`, { replace: true });
  }, [isSaved, audienceId, navigate]);
  const save = (draft: AudienceDraft) =>
    saving.mutate({
      params: { audienceId },
      body: {
        name: draft.name,
        description: draft.description,
        ...(hasCondition && { condition: draft.condition, isAnnounced: draft.isAnnounced }),
        baseRevision: revision,
      },
    });
  return (
    <Page title={t('form.editTitle', { name })}>
      <AudienceForm
        first={first}
        ownId={audienceId}
        hasSource={source !== null}
        submitText={t('form.save')}
        isSaving={saving.isPending}
        error={saving.error}
        cancelTo={`/audiences/${audienceId}`}
        onSubmit={save}
      />
    </Page>
  );
}
