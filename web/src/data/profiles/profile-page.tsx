import { api } from '@sluice/shared/http-api';
import { Tabs } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { ProfileAttributes } from './profile-attributes.tsx';
import { ProfileEvents } from './profile-events.tsx';
import { ProfileMenu } from './profile-menu.tsx';
import { ProfileName } from './profile-name.tsx';
import styles from './profile-page.module.css';

// The words of nodes bring every kind along; who the person is can be read before.
const ProfileAudiences = lazy(async () => ({ default: (await import('./profile-audiences.tsx')).ProfileAudiences }));
const ProfileDeliveries = lazy(async () => ({ default: (await import('./profile-deliveries.tsx')).ProfileDeliveries }));
const ProfileMerges = lazy(async () => ({ default: (await import('./profile-merges.tsx')).ProfileMerges }));
const ProfileRows = lazy(async () => ({ default: (await import('./profile-rows.tsx')).ProfileRows }));
const ProfileRuns = lazy(async () => ({ default: (await import('./profile-runs.tsx')).ProfileRuns }));

const waited = (tab: ReactNode) => <Suspense fallback={<Loading />}>{tab}</Suspense>;

/** One person: what is known, what happened, what was sent, and the way through every flow. */
export function ProfilePage() {
  const { t } = useTranslation(['data', 'audiences', 'datasets']);
  const format = useFormat();
  const { profileId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const profile = useReply(api.data.getProfile, { params: { profileId } });
  if (profile.isPending) return <Loading />;
  if (!profile.data) {
    return (
      <Page title={t('profiles.title')}>
        <ErrorPanel error={profile.error} onRetry={() => void profile.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={<ProfileName profile={profile.data} />}
      actions={<ProfileMenu profile={profile.data} />}
      status={
        <span className={styles.since}>{t('profile.created', { at: format.exact(profile.data.createdAt) })}</span>
      }
    >
      <div className={styles.columns}>
        <ProfileAttributes
          profileId={profile.data.id}
          attributes={profile.data.attributes}
          masked={profile.data.masked ?? []}
        />
        <Tabs
          className={styles.tabs ?? ''}
          activeKey={search.get('tab') ?? 'runs'}
          onChange={(tab) => setSearch({ tab }, { replace: true })}
          items={[
            {
              key: 'runs',
              label: t('profile.runs'),
              children: waited(<ProfileRuns profileId={profileId} />),
            },
            { key: 'events', label: t('profile.events'), children: <ProfileEvents profileId={profileId} /> },
            { key: 'rows', label: t('datasets:title'), children: waited(<ProfileRows profileId={profileId} />) },
            {
              key: 'deliveries',
              label: t('profile.deliveries'),
              children: waited(<ProfileDeliveries profileId={profileId} />),
            },
            {
              key: 'audiences',
              label: t('audiences:ofProfile.title'),
              children: waited(<ProfileAudiences profileId={profileId} />),
            },
            {
              key: 'merges',
              label: t('profile.merge.tab'),
              children: waited(<ProfileMerges profileId={profile.data.id} />),
            },
          ]}
        />
      </div>
    </Page>
  );
}
