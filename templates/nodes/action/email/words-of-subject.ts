const TAG = /\{%[^%]*%\}/g;
const OUTPUT = /\{\{-?\s*([^|}\s-]*)[^}]*\}\}/g;

/** A subject as people read it: what is filled in stands as its name in brackets, and nothing of Liquid is left. */
export function wordsOfSubject(subject: string): string {
  return subject
    .replace(TAG, '')
    .replace(OUTPUT, (_output, path: string) => `[${path.split('.').at(-1) ?? ''}]`)
    .trim();
}
