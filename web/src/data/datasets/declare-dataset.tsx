import { api } from '@sluice/shared/http-api';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useChange, useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { type DatasetDraft, declarationOf, draftOf, NEW_DATASET } from './dataset-draft.ts';
import { DatasetForm } from './dataset-form.tsx';

export function DeclareDataset() {
  const { t } = useTranslation('datasets');
  const save = useSave();
  return (
    <Page title={t('declare')} hint={t('declareHint')}>
      <DatasetForm
        first={NEW_DATASET}
        isNew
        isSaving={save.isPending}
        error={save.error}
        cancelTo="/data/datasets"
        onSubmit={(draft) => save.run(draft, true)}
      />
    </Page>
  );
}

export function EditDataset() {
  const { t } = useTranslation('datasets');
  const { dataset: name = '' } = useParams();
  const dataset = useReply(api.datasets.getDataset, { params: { dataset: name } });
  const save = useSave();
  if (dataset.isPending) return <Loading />;
  return (
    <Page title={t('editTitle', { name: dataset.data?.displayName ?? name })}>
      {dataset.data ? (
        <DatasetForm
          first={draftOf(dataset.data)}
          isNew={false}
          isSaving={save.isPending}
          error={save.error}
          cancelTo={`/data/datasets/${name}`}
          onSubmit={(draft) => save.run(draft, false)}
        />
      ) : (
        <ErrorPanel error={dataset.error} onRetry={() => void dataset.refetch()} />
      )}
    </Page>
  );
}

function useSave() {
  const navigate = useNavigate();
  const change = useChange(api.datasets.declareDataset, [api.datasets.listDatasets, api.datasets.getDataset]);
  const saved = change.data?.name;
  // After the form has learned that nothing is unsaved any more.
  useEffect(() => {
    if (saved !== undefined) void navigate(`/data/datasets/${saved}`, { replace: true });
  }, [saved, navigate]);
  return {
    isPending: change.isPending,
    error: change.error,
    run: (draft: DatasetDraft, isNew: boolean) =>
      change.mutate({
        params: { dataset: draft.name },
        query: isNew ? { isNew: true } : {},
        body: declarationOf(draft),
      }),
  };
}
