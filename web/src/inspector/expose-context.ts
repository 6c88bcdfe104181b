import { type ComponentType, createContext } from 'react';

/** A setting that a template may ask for. */
export interface ExposedMark {
  node: string;
  pointer: string;
  label: string;
}

interface Exposing {
  readonly node: string;
  readonly Toggle: ComponentType<ExposedMark>;
}

/** What stands beside each label of a form whose settings can be asked for by a template; null elsewhere. */
export const Exposing = createContext<Exposing | null>(null);
