/**
 * The shape every other language must have, taken from the English catalogue: a missing or misspelt key does not compile.
 * English plural forms (`_one`) fall away, as Chinese has none.
 */
export type Translated<Texts> = {
  [Key in keyof Texts as Key extends `${string}_one` ? never : Key]: Texts[Key] extends string
    ? string
    : Translated<Texts[Key]>;
};
