import type { Presence } from '@sluice/shared/http-api';
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './presence.module.css';

const NOBODY: readonly Presence[] = [];
const Others = createContext<readonly Presence[]>(NOBODY);

/** Who else has the draft open. */
export const PresenceProvider = Others;

export function useOthers(): readonly Presence[] {
  return useContext(Others);
}

/** The faces of those who are at a node. */
export function FacesAt({ node }: { node: string }) {
  const there = useOthers().filter((other) => other.node === node);
  if (there.length === 0) return null;
  return (
    <span className={styles.faces}>
      {there.map((other) => (
        <Face key={other.visit} other={other} />
      ))}
    </span>
  );
}

/** Somebody as two letters on a ground of their own; who they are is said in full when pointed at. */
export function Face({ other }: { other: Presence }) {
  const name = useFaceName()(other);
  return (
    <span className={styles.face} data-hue={hueOf(other.visit)} role="img" aria-label={name} title={name}>
      {initialsOf(other.name)}
    </span>
  );
}

/** "Lin", "You, in another tab". */
export function useFaceName(): (other: Presence) => string {
  const { t } = useTranslation('editor');
  return ({ name, isYou, isEditing }) => {
    if (isYou) return t('presence.you');
    return isEditing ? name : t('presence.watches', { name });
  };
}

/** The first letters of two words; of a name without spaces its first letter, or its last two if it is Chinese. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = '', second] = words;
  if (second !== undefined)
    return [...first]
      .slice(0, 1)
      .concat([...second].slice(0, 1))
      .join('')
      .toUpperCase();
  return /\p{Script=Han}/u.test(first) ? [...first].slice(-2).join('') : [...first].slice(0, 1).join('').toUpperCase();
}

const HUES = 4;

function hueOf(visit: string): number {
  return [...visit].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES;
}
