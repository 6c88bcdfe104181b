import type { AttributeDefinition } from '@sluice/shared/model';
import { useState } from 'react';

const STORAGE_KEY = 'sluice.profile-columns';
const FIRST_SHOWN = 5;

function readChoice(): string[] | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null');
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : undefined;
  } catch {
    // A broken entry is no choice at all; the next one overwrites it.
    return undefined;
  }
}

/** Which attributes stand as columns: this browser's choice, else e-mail and the first few. */
export function useShownAttributes(attributes: readonly AttributeDefinition[]) {
  const [choice, setChoice] = useState(readChoice);
  const known = new Set(attributes.map(({ name }) => name));
  const byDefault = ['email', ...known].filter((name, at, all) => known.has(name) && all.indexOf(name) === at);
  const shown = choice?.filter((name) => known.has(name)) ?? byDefault.slice(0, FIRST_SHOWN);
  const choose = (names: string[]) => {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(names));
    setChoice(names);
  };
  return [shown, choose] as const;
}
