import type { ParamTexts } from '@sluice/shared/node-contract';
import { type ComponentType, createContext } from 'react';
import type { ParamSchema, WidgetName } from './param-schema.ts';

/** What every input of the form gets; it shows a value and says what it should become. */
export interface WidgetProps {
  /** Of the element that the label names. */
  readonly id: string;
  /** JSON pointer of the value in the node's params. */
  readonly pointer: string;
  readonly schema: ParamSchema;
  readonly texts: ParamTexts;
  readonly value: unknown;
  readonly isDisabled: boolean;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
  /** The other params of the node, for inputs that go together. */
  readonly params: Readonly<Record<string, unknown>>;
  /** `undefined` removes the value. */
  onChange(value: unknown): void;
}

export type Widget = ComponentType<WidgetProps>;

/** The widgets by name; handed down, because lists hold fields and fields hold lists. */
export const Widgets = createContext<Readonly<Record<WidgetName, Widget>> | null>(null);
