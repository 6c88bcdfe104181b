import { LOCALES } from '@sluice/shared/model';
import type { AnyManifest, FieldHint, ParamTexts } from '@sluice/shared/node-contract';
import { describe, expect, test } from 'vitest';
import { manifests } from './manifests.ts';
import type { ParamSchema } from './param-schema.ts';
import { nodeProblemTexts, nodeReasonTexts, nodeTexts } from './texts.ts';

/** Every text of a tree with its path. */
function textsIn(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}/${key}`, value]] : textsIn(value as object, `${path}/${key}`),
  );
}

const placesIn = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).sort();

/** Widgets that show a whole structure in their own words. */
const WHOLE = new Set<string | undefined>(['recurrence']);

/** The paths of everything in a schema that needs words: params, fields of lists and objects, and choices. */
function pathsInSchema(
  schemas: Record<string, ParamSchema>,
  hints: Readonly<Record<string, FieldHint | undefined>> = {},
  path = '',
): string[] {
  return Object.entries(schemas).flatMap(([name, { means, anyOf = [], properties, items }]) => [
    `${path}/${name}`,
    ...anyOf.flatMap((choice) => (choice.const === undefined ? [] : [`${path}/${name}=${String(choice.const)}`])),
    // What means something as a whole is worded by its widget.
    ...(means !== undefined || WHOLE.has(hints[name]?.widget)
      ? []
      : pathsInSchema(properties ?? items?.properties ?? {}, {}, `${path}/${name}`)),
  ]);
}

/** The same paths, of everything that has words. */
function pathsInTexts(texts: Readonly<Record<string, ParamTexts>>, path = ''): string[] {
  return Object.entries(texts).flatMap(([name, { options = {}, fields = {} }]) => [
    `${path}/${name}`,
    ...Object.keys(options).map((option) => `${path}/${name}=${option}`),
    ...pathsInTexts(fields, `${path}/${name}`),
  ]);
}

describe.each<AnyManifest>([...manifests.values()])('$kind', ({ kind, params, hints, texts }) => {
  test('every param, field and choice has words in each language, and no words are left over', () => {
    const schema = params as unknown as ParamSchema;
    const expected = pathsInSchema(schema.properties ?? {}, hints).sort();
    for (const locale of LOCALES) expect(pathsInTexts(texts[locale].params).sort()).toEqual(expected);
  });

  test('the same places are filled in each language', () => {
    const chinese = new Map(textsIn(texts['zh-CN']));
    for (const [path, text] of textsIn(texts['en-US']))
      expect([path, placesIn(chinese.get(path) ?? '')]).toEqual([path, placesIn(text)]);
  });

  test('the Chinese texts are Chinese, but for units and formulas', () => {
    const untranslated = textsIn(texts['zh-CN']).filter(
      ([path, text]) => !/\p{Script=Han}/u.test(text) && !path.endsWith('/unit') && !path.startsWith('/summary/'),
    );
    expect(untranslated).toEqual([]);
  });

  test('problems and reasons are named after the kind', () => {
    for (const code of [...Object.keys(texts['en-US'].problems), ...Object.keys(texts['en-US'].reasons)])
      expect(code.startsWith(`${kind}:`)).toBe(true);
  });
});

test('the texts of all kinds can be looked up by kind and by code in each language', () => {
  for (const locale of LOCALES) {
    expect(Object.keys(nodeTexts(locale))).toEqual([...manifests.keys()]);
    expect(nodeProblemTexts(locale)).toHaveProperty('ab-split:weights-sum');
    expect(nodeReasonTexts(locale)).toHaveProperty('delay:over');
  }
});
