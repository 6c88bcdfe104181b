import { EllipsisOutlined } from '@ant-design/icons';
import type { Profile } from '@sluice/shared/http-api';
import { Button, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../../access/session.ts';

const MergeProfile = lazy(async () => ({ default: (await import('./merge-profile.tsx')).MergeProfile }));
const RemoveProfile = lazy(async () => ({ default: (await import('./remove-profile.tsx')).RemoveProfile }));

/** The seldom wanted: making a profile part of another one, and deleting it. */
export function ProfileMenu({ profile }: { profile: Profile }) {
  const { t } = useTranslation('data');
  const mayMerge = useHasRole('administrator', 'operator');
  const mayDelete = useHasRole('administrator');
  const [asked, setAsked] = useState<string>();
  if (!mayMerge) return null;
  const close = () => setAsked(undefined);
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'merge', label: t('profile.merge.open') },
            ...(mayDelete ? [{ key: 'remove', label: t('profile.remove.open'), danger: true }] : []),
          ],
          onClick: ({ key }) => setAsked(key),
        }}
      >
        <Button icon={<EllipsisOutlined aria-hidden />} aria-label={t('profile.more')} />
      </Dropdown>
      <Suspense fallback={null}>
        {asked === 'merge' && <MergeProfile profile={profile} onClose={close} />}
        {asked === 'remove' && <RemoveProfile profile={profile} onClose={close} />}
      </Suspense>
    </>
  );
}
