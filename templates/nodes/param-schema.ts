/** The part of JSON Schema that params are written in. */
export interface ParamSchema {
  type?: string;
  const?: unknown;
  anyOf?: ParamSchema[];
  properties?: Record<string, ParamSchema>;
  required?: string[];
  patternProperties?: Record<string, ParamSchema>;
  items?: ParamSchema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  /** What the value stands for; a structure that means something as a whole is shown by a widget of its own. */
  means?: string;
  /** Sound values of a text that is hardly ever met by chance. */
  examples?: string[];
  /** Only a recursive schema carries definitions: a condition. */
  $defs?: unknown;
}
