import type { ExposedParam, ExposedPlace, Graph } from '@sluice/shared/graph';
import { segmentsOf } from '@sluice/shared/flow-template';
import type { FieldHint, ParamTexts } from '@sluice/shared/node-contract';
import type { Locale } from '@sluice/shared/model';
import type { NodeCatalog } from '../editor/catalog.ts';
import type { ParamSchema } from '../inspector/param-schema.ts';

/** How an exposed param is asked for. */
export interface ExposedInput {
  readonly schema: ParamSchema;
  readonly hint: FieldHint | undefined;
  readonly texts: ParamTexts;
}

/** Of the fields of a measurement that a template may ask for. */
const MEASURED: Readonly<Record<string, ParamSchema>> = {
  '/conversionEvent': { type: 'string', maxLength: 128, means: 'event' },
  '/clickEvent': { type: 'string', maxLength: 128, means: 'event' },
  '/windowMs': { type: 'integer', minimum: 60_000, means: 'duration' },
};
const WORDS: ParamSchema = { type: 'string', maxLength: 500 };

/** As in the inspector unless the template says otherwise, under the label of the template. */
export function inputOf(param: ExposedParam, graph: Graph, catalog: NodeCatalog, locale: Locale): ExposedInput {
  const { places, label, help, widget } = param;
  const [place] = places;
  const found = place ? findInput(place, graph, catalog, locale) : undefined;
  const named = widget === undefined ? found?.hint : ({ widget } as FieldHint);
  const helped = help?.[locale];
  const { help: _own, ...texts } = found?.texts ?? { label: '' };
  return {
    schema: found?.schema ?? WORDS,
    // Whether a param applies is decided by another one, which the form may not show.
    hint: named?.widget === undefined ? undefined : { widget: named.widget },
    texts: { ...texts, label: label[locale], ...(helped && { help: helped }) },
  };
}

function findInput(
  { node: id, pointer, part }: ExposedPlace,
  graph: Graph,
  catalog: NodeCatalog,
  locale: Locale,
): ExposedInput | undefined {
  if (part !== undefined) return { schema: WORDS, hint: undefined, texts: { label: '' } };
  if (id === undefined) return { schema: MEASURED[pointer] ?? WORDS, hint: undefined, texts: { label: '' } };
  const manifest = catalog.find(graph.nodes.find((node) => node.id === id)?.kind ?? '');
  if (!manifest) return undefined;
  const [name = '', ...deeper] = segmentsOf(pointer);
  const hints: Readonly<Record<string, FieldHint | undefined>> = manifest.hints ?? {};
  const params: Readonly<Record<string, ParamTexts>> = manifest.texts[locale].params;
  let schema: ParamSchema | undefined = (manifest.params as ParamSchema).properties?.[name];
  let texts: ParamTexts | undefined = params[name];
  for (const segment of deeper) {
    const isItem = schema?.items !== undefined && /^\d+$/.test(segment);
    schema = isItem ? schema?.items : schema?.properties?.[segment];
    if (!isItem) texts = texts?.fields?.[segment];
  }
  return {
    schema: schema ?? WORDS,
    hint: deeper.length === 0 ? hints[name] : undefined,
    texts: texts ?? { label: '' },
  };
}
