/** The words of one parameter; `fields` are the properties of an object or of the items of a list. */
export interface ParamTexts {
  readonly label: string;
  readonly help?: string;
  /** Stands inside the field, after the number. */
  readonly unit?: string;
  readonly placeholder?: string;
  /** One label per value of a choice. */
  readonly options?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, ParamTexts>>;
}

/**
 * Everything a kind says in one language. `{{name}}` places are filled with the values of the summary, problem or reason.
 * Codes of problems and reasons begin with `<kind>:`, so that one look-up over all kinds is unambiguous.
 */
export interface NodeTexts<Param extends string = string> {
  readonly title: string;
  /** One or two sentences for the palette and the docs: what it does and when to use it. */
  readonly description: string;
  readonly ports: Readonly<Record<string, string>>;
  readonly summary: Readonly<Record<string, string>>;
  readonly params: { readonly [P in Param]: ParamTexts };
  readonly problems: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
}
