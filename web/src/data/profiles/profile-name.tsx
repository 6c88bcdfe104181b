import type { Profile } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';

/** The user id, or the start of the profile's own id while nobody has identified it. */
export function ProfileName({ profile }: { profile: Pick<Profile, 'id' | 'userId'> }) {
  const { t } = useTranslation('data');
  return profile.userId ?? t('profiles.anonymous', { id: profile.id.slice(0, 8) });
}
