import { api } from '@sluice/shared/http-api';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange } from '../http/use-route.ts';
import { Page } from '../ui/page.tsx';
import { type AudienceDraft, AudienceForm, NEW_DRAFT } from './audience-form.tsx';

export function CreateAudience() {
  const { t } = useTranslation('audiences');
  const navigate = useNavigate();
  const creation = useChange(api.audiences.createAudience, [api.audiences.listAudiences]);
  const created = creation.data?.id;
  // After the form has learned that nothing is unsaved any more.
  useEffect(() => {
    if (created !== undefined) void navigate(`/audiences/${created}`, { replace: true });
  }, [created, navigate]);
  const create = ({ name, description, kind, condition, isAnnounced }: AudienceDraft) =>
    creation.mutate({
      body: { name, description, kind, ...(kind !== 'manual' && { condition, isAnnounced }) },
    });
  return (
    <Page title={t('form.newTitle')}>
      <AudienceForm
        first={NEW_DRAFT}
        submitText={t('form.create')}
        isSaving={creation.isPending}
        error={creation.error}
        cancelTo="/audiences"
        onSubmit={create}
      />
    </Page>
  );
}
