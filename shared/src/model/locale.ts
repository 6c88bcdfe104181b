/** The languages of the product; every string a user can see stands in each of them. */
export const LOCALES = ['en-US', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** The same keys as `T` with other words: a missing translation is a compile error. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };

/** Puts values into the `{{name}}` places of a text; a place without a value stays visible, so that it is noticed. */
export function fillText(text: string, values: Readonly<Record<string, string | number | boolean>> = {}): string {
  return text.replace(/\{\{(\w+)\}\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
}
