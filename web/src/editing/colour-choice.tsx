import { MARK_COLOURS, type MarkColour } from '@sluice/shared/graph';
import { useTranslation } from 'react-i18next';
import styles from './colour-choice.module.css';
import './mark-colours.css';

interface ColourChoiceProps {
  label: string;
  value: MarkColour | undefined;
  isDisabled?: boolean;
  onChange: (colour: MarkColour | undefined) => void;
}

/** The colours one may give, and none; a row of dots with their names. */
export function ColourChoice({ label, value, isDisabled = false, onChange }: ColourChoiceProps) {
  const { t } = useTranslation('canvas');
  return (
    <div role="radiogroup" aria-label={label} className={styles.colours}>
      {[undefined, ...MARK_COLOURS].map((colour) => (
        <button
          key={colour ?? 'none'}
          type="button"
          role="radio"
          className={`${styles.colour} nodrag nopan`}
          data-colour={colour}
          aria-checked={colour === value}
          aria-label={t(`colours.${colour ?? 'none'}`)}
          title={t(`colours.${colour ?? 'none'}`)}
          disabled={isDisabled}
          onClick={() => onChange(colour)}
        />
      ))}
    </div>
  );
}
