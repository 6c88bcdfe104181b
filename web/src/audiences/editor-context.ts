import type { Problem } from '@sluice/shared/graph';
import { createContext, useContext } from 'react';
import type { ConditionNames } from './use-dictionary.ts';

/** What every part of the editor needs to know. */
export interface EditorFacts {
  names: ConditionNames;
  problems: readonly Problem[];
  isDisabled: boolean;
  /** The condition is asked of runs, so "since entering this flow" may be chosen. */
  isInRun: boolean;
  /** The audience whose condition this is; it cannot contain itself. */
  ownId: string | undefined;
}

export const EditorContext = createContext<EditorFacts | null>(null);

export function useEditorFacts(): EditorFacts {
  const facts = useContext(EditorContext);
  if (!facts) throw new Error('This part of a condition needs the ConditionEditor above it');
  return facts;
}
