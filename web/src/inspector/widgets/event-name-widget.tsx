import { useTranslation } from 'react-i18next';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import { NameField, type NameProps } from './name-field.tsx';

/** An event of the dictionary with how often and when it was seen last, the latest first; or the name of one that is yet to come. */
export function EventNameWidget(props: NameProps) {
  const { t } = useTranslation('inspector');
  const format = useFormat();
  const now = useNow();
  const { events } = useDictionary();
  const names = [...events.values()]
    .toSorted((a, b) => (b.lastSeenAt ?? '').localeCompare(a.lastSeenAt ?? ''))
    .map(({ name, count, lastSeenAt }) => ({
      name,
      note:
        count === undefined || lastSeenAt === undefined
          ? t('event.never')
          : t('event.volume', { seen: format.compact(count), when: format.moment(lastSeenAt, now) }),
    }));
  return <NameField {...props} names={names} placeholder={t('event.placeholder')} />;
}
