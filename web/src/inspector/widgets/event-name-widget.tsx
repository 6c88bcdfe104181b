import { useTranslation } from 'react-i18next';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import { NameField, type NameProps } from './name-field.tsx';

/** An event of the dictionary, or the name of one that is yet to come. */
export function EventNameWidget(props: NameProps) {
  const { t } = useTranslation('inspector');
  const { events } = useDictionary();
  return <NameField {...props} names={[...events.keys()]} placeholder={t('event.placeholder')} />;
}
